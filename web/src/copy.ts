// Copying: <button data-copy="the text">. The clipboard needs https or localhost; on plain http in a union's own network the old command does it.
import { toast } from './dom';
import { say } from './words';

/** copy answers the marked buttons of the whole document. */
export function copy(): void {
  document.addEventListener('click', e => {
    const button = e.target instanceof Element ? e.target.closest<HTMLElement>('[data-copy]') : null;
    if (button) void put(button.dataset.copy ?? '').then(done => toast(say(done ? 'copy.done' : 'copy.failed')));
  });
}

async function put(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text); // throws where there is none
    return true;
  } catch { return byCommand(text); }
}

function byCommand(text: string): boolean {
  const area = document.createElement('textarea'), before = document.activeElement;
  area.value = text;
  area.readOnly = true; // or the phone's keyboard comes up
  area.className = 'sr-only';
  document.body.append(area);
  area.select();
  area.setSelectionRange(0, text.length);
  try { return document.execCommand('copy'); } catch { return false; } finally {
    area.remove();
    if (before instanceof HTMLElement) before.focus();
  }
}
