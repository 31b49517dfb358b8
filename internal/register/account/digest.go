package account

import (
	"strings"
	"time"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/i18n"
	"xiaojia/internal/platform/ics"
	"xiaojia/internal/platform/notify"
)

// MailLine is one line of a digest. It holds numbers, places and names of duties; nobody's name, and nothing that somebody wrote.
type MailLine struct {
	Kind MailKind `json:"kind"`
	Text string   `json:"text"`
	Href string   `json:"href"`
}

// news is what a line tells, by keys that are each told once.
type news struct {
	MailLine
	keys  []string
	count string // the sentence for several in one line, with their number
}

// dueWithin is how many days ahead a deadline is news.
const dueWithin = 1

// noticeDays is how far back an unread notice is news.
const noticeDays = 14

// deadlines are the days of a calendar that are news today.
func deadlines(list []ics.Event, today kernel.Date) []news {
	var out []news
	for _, e := range list {
		switch {
		case e.Free:
		case e.Late:
			out = append(out, news{MailLine: MailLine{MailLate, e.Title, e.Href}, keys: []string{"late/" + e.UID + "/" + e.To.String()}})
		case !e.To.Before(today) && e.To.Sub(today) <= dueWithin:
			out = append(out, news{MailLine: MailLine{MailDue, e.Title, e.Href}, keys: []string{"due/" + e.UID + "/" + e.To.String()}})
		}
	}
	return out
}

// notices are unread notices as at most two lines: what became of one's own reports, and how many others there are. What a
// notice says stays inside.
func notices(list []notify.Notice, w Wish, today kernel.Date) []news {
	own, rest := news{MailLine: MailLine{Kind: MailResult, Href: "/inbox"}, count: "你报的隐患有 %d 条新消息"}, news{MailLine: MailLine{Kind: MailNotice, Href: "/inbox"}, count: "小家里有 %d 条新通知"}
	for _, n := range list {
		switch {
		case n.Read || n.At.Date().Before(today.Add(-noticeDays)):
		case w.Wants(MailResult) && ownResult(n.Text):
			own.keys = append(own.keys, "notice/"+n.ID)
		case w.Wants(MailNotice):
			rest.keys = append(rest.keys, "notice/"+n.ID)
		}
	}
	return []news{own, rest}
}

// ownResult tells that a notice is about what its reader has reported.
func ownResult(text string) bool {
	return strings.HasPrefix(text, "你报的") || strings.HasPrefix(text, "关于你报的")
}

// fresh leaves of the news what is wanted and was not told, as lines, and the keys that are told by them.
func fresh(all []news, w Wish, told map[string]bool, p *i18n.Printer) (lines []MailLine, keys []string) {
	for _, n := range all {
		var left []string
		for _, k := range n.keys {
			if !told[k] {
				left = append(left, k)
			}
		}
		if len(left) == 0 || !w.Wants(n.Kind) {
			continue
		}
		if n.count != "" {
			n.Text = p.T(n.count, len(left))
		}
		lines, keys = append(lines, n.MailLine), append(keys, left...)
	}
	return lines, keys
}

// NextMail is the next instant of an hour after now.
func NextMail(now kernel.Time, hour int) kernel.Time {
	if t := now.Date().At(hour, 0); t > now {
		return t
	}
	return now.Date().Add(1).At(hour, 0)
}

// quiet tells that it is night: no mail of ours arrives between nine in the evening and seven.
func quiet(now kernel.Time) bool {
	h, _ := now.Clock()
	return h < MailFirst || h > MailLast
}

const (
	retryFor  = 24 * time.Hour
	retryMost = 4 * time.Hour
)

// retryAt is when a mail that failed for the n-th time is tried again: after a minute, two, four, at most four hours. A mail
// that a whole day did not help is given up.
func retryAt(began, now kernel.Time, n int) (at kernel.Time, again bool) {
	if now.Sub(began) >= retryFor {
		return 0, false
	}
	return now.Add(min(time.Minute<<min(n, 20), retryMost)), true
}
