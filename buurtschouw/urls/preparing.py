"""Preparing a walk: for officials, for the core group, and the route for everybody."""

from django.urls import include, path

from buurtschouw.views.preparing import choosing, core_group, page, papers, people, route, sets, stops, tasks

urlpatterns = [
    # For everybody
    path("schouw/<int:pk>/route.geojson", route.route_geojson, name="route-geojson"),
    path("schouw/<int:pk>/route.gpx", route.route_gpx, name="route-gpx"),
    path("schouw/stellingen/<int:pk>/plaatje.jpg", sets.picture, name="statement-picture"),
    # For the core group
    path("kerngroep/<token:token>/", core_group.core_group, name="core-group"),
    path(
        "kerngroep/<token:token>/taken/<int:task>/",
        core_group.core_group_task,
        name="core-group-task",
    ),
    path("kerngroep/<token:token>/<slug:kind>.pdf", core_group.core_group_paper, name="core-group-paper"),
    # For officials and the adviser
    path(
        "werk/schouwen/<int:pk>/voorbereiding/",
        include(
            [
                path("", page.PreparationPage.as_view(), name="preparation"),
                path("taken/", tasks.TaskNew.as_view(), name="task-new"),
                path("taken/<int:task>/", tasks.TaskPage.as_view(), name="task"),
                path("taken/<int:task>/klaar/", tasks.TaskMark.as_view(), name="task-mark"),
                path("taken/<int:task>/weg/", tasks.TaskRemove.as_view(), name="task-remove"),
                path("route/", route.RoutePage.as_view(), name="route"),
                path("route/gpx/", route.GpxUpload.as_view(), name="route-upload"),
                path("overnemen/", route.TakeOver.as_view(), name="take-over"),
                path("stops/nieuw/", stops.StopNew.as_view(), name="stop-new"),
                path("stops/<int:stop>/", stops.StopPage.as_view(), name="stop"),
                path("stops/<int:stop>/plek/", stops.StopPlace.as_view(), name="stop-place"),
                path("stops/<int:stop>/weg/", stops.StopRemove.as_view(), name="stop-remove"),
                path("stellingen/", choosing.ChoosePage.as_view(), name="choose-statements"),
                path("rollen/", people.RoleNew.as_view(), name="role-new"),
                path("rollen/<int:role>/weg/", people.RoleRemove.as_view(), name="role-remove"),
                path("uitnodigen/", people.Invite.as_view(), name="walk-invite"),
                path("volgers/", people.Announce.as_view(), name="walk-announce"),
                path("tekst/", papers.WordsView.as_view(), name="paper-words"),
                path("<slug:kind>.pdf", papers.PaperView.as_view(), name="paper"),
            ]
        ),
    ),
    path("werk/stellingen/", sets.SetListView.as_view(), name="statement-sets"),
    path("werk/stellingen/nieuw/", sets.SetPage.as_view(), name="statement-set-new"),
    path("werk/stellingen/<int:pk>/", sets.SetPage.as_view(), name="statement-set"),
    path("werk/stellingen/<int:pk>/nieuw/", sets.StatementPage.as_view(), name="statement-new"),
    path("werk/stellingen/<int:pk>/<int:statement>/", sets.StatementPage.as_view(), name="statement"),
]
