/**
 * The app of one walker: the route with its stops, scores, observations and what became of them. All that is given is
 * kept on the phone first and sent from there (walk/outbox.js); the worker (walk-worker.js) keeps the page itself.
 *
 * Markup (templates/buurtschouw/walk.html): <div data-walk-app data-walk data-walker data-labels data-sprite
 * data-worker-url data-state-url data-observe-url data-score-url data-answer-url> with a [data-screen] for each part of
 * the app, of which the address after # says which is shown, and <form data-observation> with the fields of an
 * observation. Texts: buurtschouw/walk_texts.py.
 */
import { WalkApp } from "./walk/app.js";

const root = document.querySelector("[data-walk-app]");
if (root) new WalkApp(root).start();
