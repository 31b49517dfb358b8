// The one bundle. Islands are set up from data-attributes, again after every part that htmx has swapped in. No page needs this file except
// for what needs a device: drawing a signature, keeping a draft.
import 'htmx.org';
import { confirm } from './confirm';
import { copy } from './copy';
import { count } from './count';
import { toast } from './dom';
import { draft, forget, tidy } from './draft';
import { filter } from './filter';
import { keys, pops, ring } from './keys';
import { net } from './net';
import { peek } from './peek';
import { photo } from './photo';
import { pick } from './pick';
import { print } from './print';
import { sign } from './sign';
import { theme } from './theme';
import { say } from './words';

document.documentElement.dataset.js = '';

function islands(root: ParentNode): void {
  sign(root);
  photo(root);
  count(root);
  filter(root);
  pick(root);
  ring(root);
  void draft(root);
}

interface Answer { detail?: { ctx?: { response?: { headers?: Headers } } }; }

function start(): void {
  theme();
  confirm();
  copy();
  keys();
  peek();
  pops();
  net();
  print();
  tidy();
  islands(document);
  document.addEventListener('htmx:after:swap', () => islands(document));
  document.addEventListener('htmx:after:request', e => void forget((e as Answer).detail?.ctx?.response?.headers?.get('X-Draft-Done')?.split(/\s+/) ?? []));
  document.addEventListener('htmx:error', e => { if ((e as Answer).detail?.ctx) toast(say('request.failed')); });
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start); else start();
