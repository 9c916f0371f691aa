import os, re
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]="1"
import pytest
from urllib.parse import urlsplit
from playwright.sync_api import sync_playwright
from tests.factories.buurtschouw import CategoryFactory, ReportFactory, SchouwFactory, SupportFactory
from tests.factories.core import ParticipantFactory
from trajecten.domain import unsubscribing
from django.conf import settings as st

@pytest.mark.django_db(transaction=True)
def test_look(live_server, municipality, in_scope, adviser, coordinator, areas, sign_in, settings):
    settings.ALLOWED_HOSTS=["*"]
    a=CategoryFactory(name="Verlichting", extra_question="Welk nummer staat er op de mast?"); b=CategoryFactory(name="Afval", extra_question="Wat ligt er?"); c=CategoryFactory(name="Groen")
    walk=SchouwFactory(categories=[a,b,c], trajectory__adviser=adviser, trajectory__coordinator=coordinator, trajectory__areas=areas, trajectory__title="Schouw De Linde")
    SchouwFactory(step="preparation", walk_at=None, categories=[], trajectory__adviser=adviser)
    r=ReportFactory(schouw=walk, category=a, overdue=True); ReportFactory(schouw=walk, category=a, overdue=True)
    p_=SupportFactory(report=r).participant
    stop=urlsplit(unsubscribing.url(participant=p_, municipality=municipality, category="my-supports")).path
    cl=sign_in(adviser); cookie=cl.cookies[settings.SESSION_COOKIE_NAME].value
    U=live_server.url
    with sync_playwright() as pw:
        br=pw.chromium.launch(executable_path="/usr/bin/chromium",args=["--no-sandbox"])
        def shot(name,path,w=360,js=True,cookie=None,act=None):
            ctx=br.new_context(viewport={"width":w,"height":700},java_script_enabled=js,locale="nl-NL")
            if cookie: ctx.add_cookies([{"name":settings.SESSION_COOKIE_NAME,"value":cookie,"url":U}])
            pg=ctx.new_page(); pg.goto(U+path); 
            if act: act(pg)
            pg.wait_for_timeout(600); pg.screenshot(path=f"/tmp/pages/{name}.png",full_page=True); ctx.close()
        form=f"/polderwijk/schouw/{walk.pk}/melden/"
        shot("form-nojs",form,js=False); shot("form-js",form); shot("form-js-chosen",form,act=lambda pg: pg.get_by_label("Afval").check(force=True))
        def send(pg):
            pg.get_by_label("Groen").check(force=True); pg.get_by_label("Afval").check(force=True)
            pg.locator(f"[name=extra_answer_{b.pk}]").fill("een bank"); pg.locator("[name=address]").fill("Meent 12"); pg.locator("[name=text]").fill("Bank gestort"); pg.locator("form[data-report] button[type=submit]").last.click(); pg.wait_for_url(re.compile("volg"))
        shot("form-sent",form,act=send)
        from buurtschouw.models import Report
        assert Report.objects.latest("pk").extra_answer=="een bank"
        shot("stop",stop,js=False); shot("stopped",stop,js=False,act=lambda pg: pg.locator("main button").click()); shot("stop-wide",stop,w=1280)
        shot("public",f"/polderwijk/meldingen/{r.pk}/")
        shot("advies","/advies/",w=1280,cookie=cookie); shot("advies-360","/advies/",cookie=cookie)
        br.close()
