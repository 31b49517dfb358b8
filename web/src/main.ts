// The one bundle. Islands are set up from data-attributes, again in every part that comes into the page. No page needs this file except
// for what needs a device: drawing a signature, keeping a draft.
import { confirm } from './confirm';
import { copy } from './copy';
import { count } from './count';
import { days } from './day';
import { draft, tidy } from './draft';
import { errors } from './errors';
import { filter } from './filter';
import { keys, pops, ring } from './keys';
import { net } from './net';
import { passkey } from './passkey';
import { peek } from './peek';
import { photo } from './photo';
import { pick } from './pick';
import { print } from './print';
import { send } from './send';
import { sign } from './sign';
import { theme } from './theme';
import { units } from './unit';
import { tick } from './tick';

document.documentElement.dataset.js = '';

function islands(root: ParentNode): void {
  sign(root);
  photo(root);
  days(root);
  count(root);
  filter(root);
  units(root);
  pick(root);
  tick(root);
  ring(root);
  passkey(root);
  void draft(root);
  errors(root);
}

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
  send(islands);
  islands(document);
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start); else start();
