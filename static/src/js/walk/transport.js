import { PHOTO_SECONDS, REPORT_SECONDS, request } from "../report/transport.js";
import { body } from "./item.js";
import { body as marksBody } from "./marks.js";

const JSON_HEADERS = { "Content-Type": "application/json", Accept: "application/json" };

/** The requests of the app; `root` has the addresses in its data, `stops()` the stops as they are known now. */
export class WalkTransport {
  constructor(root, stops) {
    this.urls = root.dataset;
    this.stops = stops;
  }

  post(item) {
    const headers = { ...JSON_HEADERS, "Idempotency-Key": item.key };
    const sent = JSON.stringify(body(item.values, this.stops()));
    return request(this.urls.observeUrl, { method: "POST", headers, body: sent }, REPORT_SECONDS);
  }

  put(address, photo) {
    const headers = { "Content-Type": photo.blob.type, Accept: "application/json" };
    return request(address, { method: "PUT", headers, body: photo.blob }, PHOTO_SECONDS);
  }

  marks(marks) {
    const sent = JSON.stringify(marksBody(marks));
    return request(this.urls.scoreUrl, { method: "PUT", headers: JSON_HEADERS, body: sent }, REPORT_SECONDS);
  }

  state() {
    return request(this.urls.stateUrl, { headers: { Accept: "application/json" }, cache: "no-store" }, REPORT_SECONDS);
  }

  answer(number, values, csrf) {
    const headers = { ...JSON_HEADERS, "X-CSRFToken": csrf };
    const address = this.urls.answerUrl.replace("/0/", `/${number}/`);
    return request(address, { method: "POST", headers, body: JSON.stringify(values) }, REPORT_SECONDS);
  }
}
