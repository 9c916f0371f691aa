"""Which addresses there are."""

from typing import Any

from django.contrib import admin
from django.urls import reverse


def names_of(patterns: Any, namespace: str = "") -> list[str]:
    found = []
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            prefix = f"{pattern.namespace}:" if pattern.namespace else ""
            found += names_of(pattern.url_patterns, namespace + prefix)
        else:
            found.append(f"{namespace}{pattern.name}")
    return found


def admin_pages() -> list[str]:
    models = [model._meta.label_lower.replace(".", "_") for model in admin.site._registry]
    return [
        reverse("admin:index"),
        *(reverse(f"admin:{model}_{page}") for model in models for page in ("changelist", "add")),
    ]
