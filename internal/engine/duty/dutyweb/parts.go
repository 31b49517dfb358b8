package dutyweb

import (
	"strings"

	"github.com/a-h/templ"

	"xiaojia/catalogue"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/platform/ui"
)

func current(is bool) templ.Attributes {
	if is {
		return templ.Attributes{"aria-current": "page"}
	}
	return nil
}

// emptyWord is what an empty tab of a round says.
func emptyWord(p roundPage) string {
	switch p.Tab {
	case duty.Missing:
		return p.T("一个都不差")
	case duty.Excused:
		return p.T("没有免的")
	}
	return p.T("还没有做到的")
}

// missingKind is red only where the round is late already.
func missingKind(p roundPage) string {
	if p.State.Kind == "late" {
		return "late"
	}
	return "calm"
}

// formWord is how a duty is done.
func formWord(p *ui.Page, f catalogue.Form) string {
	if f == catalogue.Patrol {
		return p.T("按检查表巡视，两人签名")
	}
	return p.T("记一笔")
}

// blank puts an empty choice before the others, so that nothing is chosen by accident.
func blank(p *ui.Page, options []ui.Option) []ui.Option {
	return append([]ui.Option{{Name: p.T("请选")}}, options...)
}

// pickID is the id of one answer; underscores would be blanks in the classes that look for it.
func pickID(name, value string) string { return name + "-" + strings.ReplaceAll(value, "_", "-") }
