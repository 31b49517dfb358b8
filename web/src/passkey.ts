// Passkeys: <button data-passkey="/where/the/answer/goes" data-passkey-ask="/where/the/question/is"> inside of [data-passkey-part]. The server
// says what the browser is to make or to sign; what it answers goes back as JSON. Where the browser has none, the sentence
// [data-passkey-cannot] takes the button's place.
import { once, toast } from './dom';
import { say } from './words';

const seen = new WeakSet<Element>();

/** passkey sets up the buttons of a part. */
export function passkey(root: ParentNode): void {
  once<HTMLButtonElement>(seen, root, '[data-passkey]', button => {
    if ('PublicKeyCredential' in window && navigator.credentials) {
      button.addEventListener('click', () => void go(button));
      return;
    }
    button.hidden = true;
    button.closest('[data-passkey-part]')?.querySelector<HTMLElement>('[data-passkey-cannot]')?.removeAttribute('hidden');
  });
}

async function go(button: HTMLButtonElement): Promise<void> {
  button.disabled = true;
  try {
    const asked = await post(button.dataset.passkeyAsk ?? '', '');
    const answer = await answered((await asked.json()).publicKey);
    if (answer) location.assign((await post(button.dataset.passkey ?? '', JSON.stringify(answer))).headers.get('X-Go') ?? '/');
  } catch (e) {
    toast(e instanceof Refused ? e.message : say(e instanceof DOMException && e.name === 'InvalidStateError' ? 'passkey.there' : 'passkey.none'));
  } finally { button.disabled = false; }
}

class Refused extends Error {}

async function post(to: string, body: string): Promise<Response> {
  const r = await fetch(to, { method: 'POST', body, headers: { 'Content-Type': 'application/json', 'X-Send': '1' } });
  if (!r.ok) throw new Refused((await r.json().catch(() => ({}))).error ?? say('send.failed'));
  return r;
}

type Asked = { challenge: string; rp?: object; user?: { id: string }; excludeCredentials?: { id: string }[]; allowCredentials?: { id: string }[] };

// What names a site to bind to is for making a key; else one is to be signed with.
async function answered(ask: Asked): Promise<object | undefined> {
  const ids = (list?: { id: string }[]) => list?.map(c => ({ ...c, id: bytes(c.id) }));
  const publicKey: unknown = { ...ask, challenge: bytes(ask.challenge), user: ask.user && { ...ask.user, id: bytes(ask.user.id) },
    excludeCredentials: ids(ask.excludeCredentials), allowCredentials: ids(ask.allowCredentials) };
  const key = ask.rp ? await navigator.credentials.create({ publicKey: publicKey as PublicKeyCredentialCreationOptions })
    : await navigator.credentials.get({ publicKey: publicKey as PublicKeyCredentialRequestOptions });
  return key instanceof PublicKeyCredential ? spelt(key) : undefined;
}

function spelt(key: PublicKeyCredential): object {
  const r = key.response, clientDataJSON = text(r.clientDataJSON);
  const response = r instanceof AuthenticatorAttestationResponse ? { clientDataJSON, attestationObject: text(r.attestationObject), transports: r.getTransports?.() ?? [] }
    : r instanceof AuthenticatorAssertionResponse ? { clientDataJSON, authenticatorData: text(r.authenticatorData), signature: text(r.signature), userHandle: r.userHandle && text(r.userHandle) }
      : { clientDataJSON };
  return { id: key.id, rawId: text(key.rawId), type: key.type, response, clientExtensionResults: key.getClientExtensionResults() };
}

/** bytes reads base64url. */
export function bytes(s: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(s.replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0));
}

/** text writes base64url. */
export function text(b: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(b))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}
