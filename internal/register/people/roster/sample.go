package roster

// sampleRows is how many people Samples looks through for the first filled cell of a column.
const sampleRows = 500

// Samples shows of each column what the first person has in it who has something, as people see it in the sheet; "无" and the
// like stand only where nobody has more. Callers mask what they must not show.
func (b *Book) Samples(m Mapping) (map[int]string, error) {
	s, err := b.check(m)
	if err != nil {
		return nil, err
	}
	r := newReader(b, s, m, Options{})
	first, best, people := map[int]string{}, map[int]string{}, 0
	err = b.read(s, visitor{line: func(l *line) error {
		if l.number <= m.HeaderTo {
			return nil
		}
		if _, skip := r.noPerson(l); skip {
			return nil
		}
		for _, c := range m.Columns {
			v := b.shown(r.fill.value(l, c.Index))
			if first[c.Index] == "" {
				first[c.Index] = v
			}
			if best[c.Index] == "" && !nothing(v) {
				best[c.Index] = v
			}
		}
		if people++; people == sampleRows || len(best) == len(m.Columns) && full(best) {
			return errStop
		}
		return nil
	}})
	for i, v := range first {
		if best[i] == "" {
			best[i] = v
		}
	}
	return best, err
}

func full(list map[int]string) bool {
	for _, v := range list {
		if v == "" {
			return false
		}
	}
	return true
}

// shown is a cell as the office program shows it: a day as a day, not as its number.
func (b *Book) shown(c cell) string {
	if c.kind == number && b.style(c) != noDate {
		if w := b.readDate(c); !w.day.IsZero() {
			return w.day.String()
		} else if p := w.part(w.day); p != "" {
			return p
		}
	}
	return shorten(text(c))
}
