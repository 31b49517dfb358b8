package accountweb

import (
	"context"
	"fmt"
	"strings"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/i18n"
	"xiaojia/internal/platform/notify"
	"xiaojia/internal/register/account"
)

type letterGroup struct {
	Name  string
	Lines []account.MailLine
}

// letterView is a mail before it is text or HTML.
type letterView struct {
	Lang      i18n.Lang
	Base      string
	Subject   string
	Words     []string
	Act       string
	ActHref   string
	Groups    []letterGroup
	StopWords string
	Stops     []account.MailLine // with whole addresses
}

func (v letterView) lang() string {
	if v.Lang == i18n.En {
		return "en"
	}
	return "zh-CN"
}

// Letter writes a mail in its reader's language; base is the address of this program.
func Letter(ctx context.Context, p *i18n.Printer, base string, today kernel.Date, l account.Letter) (notify.Message, error) {
	v := letterView{Lang: p.Lang, Base: base}
	m := notify.Message{}
	if l.Confirm != "" {
		v.Subject = p.T("小家：请确认邮箱")
		v.Words = []string{p.T("有人在小家里填了这个邮箱，要往这里寄提醒。"), p.T("是你填的，请在三天内打开下面的链接；不是你，不用理会，不会再寄。")}
		v.Act, v.ActHref = p.T("确认这个邮箱"), base+"/mail/confirm/"+l.Confirm
	} else {
		v.Subject = p.T("小家 %s：%d 条新的", p.Day(today), len(l.Lines))
		v.groups(p, l)
		m.Stop = base + "/mail/stop/" + l.Wish.Stop
		v.stops(p, m.Stop)
	}
	var b strings.Builder
	if err := letterHTML(v).Render(ctx, &b); err != nil {
		return m, fmt.Errorf("mail: %w", err)
	}
	m.Subject, m.HTML, m.Text = v.Subject, b.String(), v.text()
	return m, nil
}

func (v *letterView) groups(p *i18n.Printer, l account.Letter) {
	for _, k := range account.MailKinds() {
		g := letterGroup{Name: p.T(k.Name())}
		for _, x := range l.Lines {
			if x.Kind == k {
				g.Lines = append(g.Lines, x)
			}
		}
		if len(g.Lines) > 0 {
			v.Groups = append(v.Groups, g)
		}
	}
}

func (v *letterView) stops(p *i18n.Printer, stop string) {
	v.StopWords = p.T("不想再收：")
	for _, g := range account.MailKinds() {
		for _, shown := range v.Groups {
			if shown.Name == p.T(g.Name()) {
				v.Stops = append(v.Stops, account.MailLine{Text: shown.Name, Href: stop + "?kind=" + string(g)})
			}
		}
	}
	v.Stops = append(v.Stops, account.MailLine{Text: p.T("全部"), Href: stop})
}

func (v letterView) text() string {
	var b strings.Builder
	for _, s := range v.Words {
		fmt.Fprintln(&b, s)
	}
	if v.Act != "" {
		fmt.Fprintf(&b, "\n%s\n%s\n", v.Act, v.ActHref)
	}
	for _, g := range v.Groups {
		fmt.Fprintf(&b, "%s\n", g.Name)
		for _, l := range g.Lines {
			fmt.Fprintf(&b, "- %s\n  %s\n", l.Text, v.Base+l.Href)
		}
		fmt.Fprintln(&b)
	}
	if len(v.Stops) > 0 {
		fmt.Fprintf(&b, "-- \n%s\n", v.StopWords)
		for _, s := range v.Stops {
			fmt.Fprintf(&b, "%s %s\n", s.Text, s.Href)
		}
	}
	return b.String()
}
