/** Calls one of the server's functions; what it refuses is an error with its `status` and the `detail` of a conflict. */
export async function call(name, fields = {}) {
  const headers = { Accept: 'application/json' };
  const answer = await fetch(`/api/${name}`, { method: 'POST', credentials: 'same-origin', body: new URLSearchParams(fields), headers });
  if (!answer.ok) {
    const { detail } = await answer.json().catch(() => ({}));
    throw Object.assign(new Error(`${name}: ${answer.status}`), { status: answer.status, detail });
  }
  return answer.json();
}
