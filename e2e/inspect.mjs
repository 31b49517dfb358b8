// What is looked at inside a page without a picture. The function runs in the browser and knows nothing outside of it.

/** inspect lists what is wrong with the layout and the words of the page as it stands. */
export function inspect(english) {
  const wrong = []
  const name = (e) => `<${e.tagName.toLowerCase()}${e.id ? '#' + e.id : ''} class="${String(e.getAttribute('class') || '').slice(0, 60)}"> ${(e.innerText || e.getAttribute('aria-label') || '').trim().replace(/\s+/g, ' ').slice(0, 40)}`
  const shown = (e) => { const r = e.getBoundingClientRect(); return r.width > 1 && r.height > 1 && getComputedStyle(e).visibility !== 'hidden' }
  const few = (list) => list.slice(0, 4).join(' · ') + (list.length > 4 ? ` · and ${list.length - 4} more` : '')

  const root = document.scrollingElement
  if (root.scrollWidth > root.clientWidth) {
    const scrolls = (e) => { for (let p = e.parentElement; p && p !== root; p = p.parentElement) if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(p).overflowX)) return true; return false }
    const out = [...document.body.querySelectorAll('*')].filter((e) => shown(e) && e.getBoundingClientRect().right > root.clientWidth + 1 && !scrolls(e))
    wrong.push(`overflows sideways by ${root.scrollWidth - root.clientWidth} px: ${few(out.slice(-4).map(name))}`)
  }

  const cut = []
  for (const e of document.querySelectorAll('button, .btn, label, legend, .chip, td, th, dt, dd, .navi, .dock a, h1, h2, h3, .nw')) {
    if (!shown(e) || e.closest('.truncate, .sr-only, .scroll-x, [class*=line-clamp], svg') || e.querySelector('.truncate, [class*=line-clamp]')) continue
    const s = getComputedStyle(e)
    if (s.display === 'inline' || ['auto', 'scroll'].includes(s.overflowX)) continue
    const wide = e.scrollWidth > e.clientWidth + 1
    const high = e.scrollHeight > e.clientHeight + 2 && s.overflowY !== 'visible'
    if (wide || high) cut.push(`${name(e)} (${e.scrollWidth}×${e.scrollHeight} in ${e.clientWidth}×${e.clientHeight})`)
  }
  if (cut.length) wrong.push(`cut off: ${few(cut)}`)

  const marked = []
  const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  const han = /\p{Script=Han}/u
  const foreign = []
  for (let n = walk.currentNode; n; n = walk.nextNode()) {
    const e = n.nodeType === Node.TEXT_NODE ? n.parentElement : n
    if (['SCRIPT', 'STYLE'].includes(e.tagName)) continue
    const texts = n.nodeType === Node.TEXT_NODE ? [n.data] : ['aria-label', 'placeholder', 'alt', 'title', 'content', 'data-label', 'data-confirm', 'data-sign-empty', ...(e.tagName === 'BUTTON' || e.type === 'submit' ? ['value'] : [])].map((a) => e.getAttribute(a) || '')
    for (const t of texts) {
      if (t.includes('⟦?⟧')) marked.push(t.trim().slice(0, 60))
      if (english && han.test(t) && !e.closest('[lang^="zh"]')) foreign.push(t.trim().slice(0, 40))
    }
  }
  if (marked.length) wrong.push(`no translation: ${few(marked)}`)
  if (foreign.length) wrong.push(`Chinese in English: ${few(foreign)}`)
  return wrong
}
