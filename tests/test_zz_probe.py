from django.test import Client
from django.urls import reverse
def test_admin(superuser, db):
    b = Client(); b.force_login(superuser, backend="django.contrib.auth.backends.ModelBackend")
    for n in ("admin:index","admin:trajecten_user_changelist","admin:account_emailaddress_changelist","admin:mfa_authenticator_changelist","admin:account_emailaddress_add"):
        print(n, b.get(reverse(n)).status_code)
def test_adv(schouw, adviser, sign_in):
    adviser.is_adviser=False; adviser.save()
    b = Client(); b.force_login(adviser, backend="django.contrib.auth.backends.ModelBackend")
    print(b.get(f"/polderwijk/werk/schouwen/{schouw.pk}/").status_code, b.get(f"/polderwijk/werk/meldingen/?schouw={schouw.pk}").status_code)
