/**
 * The page with the report form. The form works without this; with it one can be located, choose an address, see
 * what was reported already, check and shrink photos, and send without losing anything when the network is away.
 *
 * Markup: <form data-report data-intake-url data-nearby-url data-addresses-url data-address-near-url
 * data-max-photos data-max-bytes data-sprite data-labels [data-bound]> with the fields csrfmiddlewaretoken, key,
 * category (radios), lat, lon, accuracy, address, text, the questions of categories (questions.js), email and photos;
 * a map with data-picker (maps.js) and an empty #nearby. data-bound marks a form that the server shows again after a
 * POST: its key and values are left as they are.
 *
 * POST intake-url: JSON, Idempotency-Key; 200/201/202 {number, tracking_url, answer_by, photos_url}, 409 for a key
 * used before with other content, 422 {"errors": {field: [text]}}, or 429 with errors for a field to change. PUT photos_url/<uuid>: the photo itself;
 * 422 {"detail"}. The rest, and other statuses: backoff.js, sender.js.
 *
 * Texts in data-labels, with their English source:
 *   -- place
 *   locate: Use my place
 *   locate_asking: Looking for your place. Your phone may ask whether that is all right.
 *   locate_better: We found your place to within %(metres)s metres. We are trying to do better…
 *   locate_found: We found your place to within %(metres)s metres. Is the pin in the right place? If not,
 *     drag it or tap the map.
 *   locate_rough: We only know your place roughly, to within %(metres)s metres. Put the pin in the right
 *     place: drag it or tap the map.
 *   locate_denied: We may not see your place. No problem: fill in an address, or tap the map.
 *   locate_unavailable: Your place could not be found. Fill in an address, or tap the map.
 *   locate_timeout: Finding your place takes too long. Fill in an address, or tap the map, or try again.
 *   place_chosen: The pin has been put here. You can still move it.
 *   place_address: The pin has been put at this address. Is it in the right place? If not, drag it or tap
 *     the map.
 *   place_rough: Is the pin in the right place? If not: drag the pin or tap the map.
 *   place_removed: You changed the address. The pin has been taken away. Put it again, or choose an address from the
 *     list.
 *   outside: This place lies outside the municipality, so we can't do anything there. Is the pin in the right place?
 *   outside_there: This place lies in the municipality of %(there)s, so we can't do anything there. Please report it
 *     to %(there)s.
 *   -- addresses
 *   addresses_label: Addresses found
 *   addresses_one: 1 address found. Choose it with the arrow keys and Enter, or type on.
 *   addresses_many: %(count)s addresses found. Choose with the arrow keys and Enter, or type on.
 *   addresses_none: No address found. You can also describe the place in your own words.
 *   addresses_failed: Addresses can't be looked up now. You can just type the address or describe the
 *     place.
 *   -- photos
 *   photos_count: %(count)s of %(max)s photos
 *   photos_full: You have %(max)s photos; that is the most you can send.
 *   photo_name: Photo %(number)s: %(name)s
 *   photo_no_preview: This photo can't be shown here, but it will be sent.
 *   photo_busy: %(name)s is being prepared…
 *   photo_remove: Remove
 *   photo_removed: %(name)s has been removed.
 *   photo_too_large: %(name)s was not added: it is %(size)s MB, and %(max)s MB is the most.
 *   photo_wrong_type: %(name)s was not added: this is not a JPEG, PNG, WebP or HEIC photo.
 *   photo_empty: %(name)s was not added: the file is empty.
 *   photo_too_many: %(name)s was not added: %(max)s photos is the most.
 *   photo_sent: Sent
 *   photo_refused: This photo could not be used.
 *   photo_skip: Go on without this photo
 *   -- sending
 *   sending: Your report is being sent…
 *   sending_photo: Photo %(number)s of %(total)s is being sent…
 *   sent: Your report has been sent.
 *   unsent: Not sent yet.
 *   unsent_offline: You have no connection. Everything you filled in stays here; we send it as soon as we
 *     can.
 *   unsent_server: It did not work just now. Everything you filled in stays here; we keep trying.
 *   unsent_photos: Your report has arrived as number %(number)s, but not all photos yet. We keep trying.
 *   unsent_refused_photos: Your report has arrived as number %(number)s. See below what is wrong with a
 *     photo.
 *   unsent_conflict: This report was sent before, with another text. That one has arrived. Do you want to
 *     send what is here now as a new report?
 *   send_now: Send now
 *   send_as_new: Send as a new report
 *   not_kept: Your phone has no room to keep your report. Leave this page open until it has been sent.
 *   -- errors
 *   errors: This did not work yet. Please look at:
 *   refused: Your report could not be taken in.
 *   error_category: Choose what it is about.
 *   error_place: Say where it is: put the pin on the map or fill in an address or place.
 *   error_text: Write in a few words what is going on.
 *   error_long: This text is too long. Make it shorter.
 *   error_question: Answer this question.
 *   error_email: This is not an e-mail address. It looks like name@example.org.
 */
import { Reporting } from "./report/reporting.js";

const form = document.querySelector("form[data-report]");
if (form) new Reporting(form).start();
