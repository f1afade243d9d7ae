// The API: every request goes through here, and every error is a problem document.
import { state, set } from './store.js';

const KEY = 'twinloom.key';
export const key = () => sessionStorage.getItem(KEY);
export function setKey(value) {
  if (value) sessionStorage.setItem(KEY, value);
  else sessionStorage.removeItem(KEY);
}

export class ApiError extends Error {
  constructor(problem) {
    super(problem.detail || problem.title);
    this.problem = problem;
  }
}

const unreachable = (cause) => ({
  title: 'The twin does not answer', status: 0, code: '', retryable: true,
  detail: `The request got no answer: ${cause}.`,
  fix: `Start it with ./twinloom up ${state.project?.id ?? 'PROJECT'}, or look whether the process still runs.`,
});

export function headers(more = {}) {
  return key() ? { ...more, authorization: `Bearer ${key()}` } : more;
}

/** Sends a request; answers the parsed body. Query parameters that are null are left out. */
export async function call(method, path, { query, body, signal, headers: more } = {}) {
  const search = new URLSearchParams(Object.entries(query ?? {}).filter(([, v]) => v != null && v !== ''));
  const text = search.size ? `${path}?${search}` : path;
  let answer;
  try {
    answer = await fetch(text, {
      method, signal, cache: 'no-store',
      headers: headers({ accept: 'application/json, application/problem+json', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...more }),
      body: body === undefined || typeof body === 'string' || body instanceof Blob ? body : JSON.stringify(body),
    });
  } catch (e) {
    if (e.name === 'AbortError') throw e;
    throw new ApiError(unreachable(e.message));
  }
  if (answer.status === 401) set({ locked: true });
  const type = answer.headers.get('content-type') ?? '';
  const parsed = type.includes('json') ? await answer.json() : await answer.text();
  if (!answer.ok) {
    throw new ApiError(typeof parsed === 'object' ? parsed : { title: answer.statusText, status: answer.status, detail: parsed, code: '', fix: '' });
  }
  return parsed;
}

const project = () => `projects/${encodeURIComponent(state.project?.id ?? '')}`;

export const get = (path, query, signal) => call('GET', path, { query, signal });
/** Of the project that is shown. */
export const read = (path, query, signal) => call('GET', path ? `${project()}/${path}` : project(), { query, signal });
export const post = (path, body = {}, query) => call('POST', `${project()}/${path}`, { body, query });
export const put = (path, body, query) => call('PUT', `${project()}/${path}`, { body, query });
export const remove = (path) => call('DELETE', `${project()}/${path}`);
export const seg = encodeURIComponent;

/** An answer as it is. */
export async function fetchBlob(path) {
  const answer = await fetch(path, { headers: headers() });
  if (!answer.ok) throw new ApiError(await answer.json());
  return answer.blob();
}

/** Saves an answer as a file: a link could not send the key. */
export const download = async (path, name) => save(await fetchBlob(path), name);

export function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
