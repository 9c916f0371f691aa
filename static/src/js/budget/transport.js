/** Sends an alternative; what comes back is {status, body}, with status 0 where there is no answer. */
export function sender(form, url) {
  return async (content, revision) => {
    try {
      const answer = await fetch(url, {
        method: "POST",
        body: fields(form, content, revision),
        headers: { Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        credentials: "same-origin",
        keepalive: true,
      });
      return { status: answer.status, body: await json(answer) };
    } catch {
      return { status: 0, body: {} };
    }
  };
}

/** As the form itself would send it. */
function fields(form, content, revision) {
  const body = new URLSearchParams({ revision });
  for (const line of form.querySelectorAll("[data-line]")) {
    const { change = 0, reason = "" } = content[line.dataset.line] ?? {};
    if (!change && !reason) continue;
    body.set(`amount-${line.dataset.line}`, Number(line.dataset.baseline) + change);
    body.set(`reason-${line.dataset.line}`, reason);
  }
  return body;
}

async function json(answer) {
  try {
    return await answer.json();
  } catch {
    return {};
  }
}
