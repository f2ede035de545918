/** Where the forms that sign out post to. */
export const SIGN_OUT = '/api/accounts/sign_out';

/**
 * Calls one of the server's functions. What it refuses is an error with its `status`, the `reason` in words, and
 * `conflict`, the name of the conflict if it is one; without an answer all are undefined.
 */
export async function call(name, fields = {}, signal = undefined) {
  const headers = { Accept: 'application/json' };
  const answer = await fetch(`/api/${name}`, { method: 'POST', credentials: 'same-origin', body: new URLSearchParams(fields), headers, signal });
  if (!answer.ok) {
    const { detail, reason } = await answer.json().catch(() => ({}));
    throw Object.assign(new Error(`${name}: ${answer.status}`), { status: answer.status, reason, conflict: detail?.kind });
  }
  return answer.json();
}
