"""The vote on projects: for everybody, for who votes or proposes, and for officials."""

from django.urls import path

from budget.views.ballots import (
    desk,
    desk_papers,
    desk_projects,
    desk_results,
    own,
    proposing,
    public,
    voting,
)

BALLOT = "projecten/<int:ballot>/"
VOTE = "projecten/mijn-stem/<token:token>/"
PROJECT = "projecten/mijn-project/<token:token>/"
DESK = "projecten/werk/<int:ballot>/"

urlpatterns = [
    path("projecten/", public.ballots, name="ballots"),
    path(BALLOT, public.ballot_page, name="ballot"),
    path(f"{BALLOT}plan/<int:number>/", public.project_page, name="project"),
    path(f"{BALLOT}uitslag/", public.result, name="ballot-result"),
    path(f"{BALLOT}uitslag/stemmen.pb", public.result_file, name="ballot-file"),
    path(f"{BALLOT}voorstellen/", proposing.ProposeView.as_view(), name="project-propose"),
    path(f"{BALLOT}stemmen/", voting.VoteView.as_view(), name="ballot-vote"),
    path(VOTE, own.OwnVote.as_view(), name="own-vote"),
    path(f"{VOTE}bevestigen/", own.ConfirmVote.as_view(), name="own-vote-confirm"),
    path(f"{VOTE}intrekken/", own.WithdrawVote.as_view(), name="own-vote-withdraw"),
    path(PROJECT, own.OwnProject.as_view(), name="own-project"),
    path(f"{PROJECT}bevestigen/", own.ConfirmProject.as_view(), name="own-project-confirm"),
    path("projecten/werk/", desk.DeskView.as_view(), name="desk-ballots"),
    path("projecten/werk/nieuw/<int:trajectory>/", desk.NewBallot.as_view(), name="ballot-new"),
    path("projecten/werk/bestand/<int:trajectory>/", desk_results.FileView.as_view(), name="ballot-upload"),
    path("projecten/werk/geteld/<int:result>/", desk_results.ResultView.as_view(), name="counted-file"),
    path(DESK, desk.DeskBallot.as_view(), name="desk-ballot"),
    path(f"{DESK}wijzigen/", desk.ChangeBallot.as_view(), name="ballot-change"),
    path(f"{DESK}openen/", desk.OpenVote.as_view(), name="ballot-open"),
    path(f"{DESK}sluiten/", desk.CloseVote.as_view(), name="ballot-close"),
    path(f"{DESK}tellen/", desk.CountVotes.as_view(), name="ballot-count"),
    path(f"{DESK}papier/", desk_papers.PaperView.as_view(), name="ballot-paper"),
    path(f"{DESK}papier/weghalen/", desk_papers.RemovePaper.as_view(), name="ballot-paper-remove"),
    path(f"{DESK}nieuw-project/", desk_projects.EnterView.as_view(), name="project-enter"),
    path(f"{DESK}<int:number>/", desk_projects.DeskProject.as_view(), name="desk-project"),
    path(f"{DESK}<int:number>/tekst/", desk_projects.RewordView.as_view(), name="project-reword"),
    path(f"{DESK}<int:number>/oordeel/", desk_projects.JudgeView.as_view(), name="project-judge"),
    path(f"{DESK}<int:number>/belofte/", desk_projects.PromiseView.as_view(), name="project-promise"),
]
