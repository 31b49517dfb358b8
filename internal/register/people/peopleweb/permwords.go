package peopleweb

import "xiaojia/internal/platform/authz"

// permGroup is the permissions of one part of the program, with their words on the rights page.
type permGroup struct {
	Name  string
	Perms [][2]string
}

// permGroups name every permission of the program. Those of floors above are known by their text alone, because this page
// shows them and never asks for them; Nameless finds one that was forgotten.
func permGroups() []permGroup {
	return []permGroup{
		{"安全", [][2]string{{"report-hazard", "报隐患"}, {"see-hazards", "看隐患"}, {"act-on-hazard", "办隐患（按环节）"}, {"judge-hazard", "定级"}, {"assign-hazard", "五定交办"},
			{"answer-hazard", "答复整改"}, {"oversee-hazard", "督办"}, {"issue-letter", "发建议书、通知书"}, {"export-hazards", "导出隐患"}, {"see-overview", "看安全总览"},
			{"see-patrols", "看巡视"}, {"see-open-patrols", "看没签完的巡视"}, {"do-patrol", "做巡视"}}},
		{"年历和要做的事", [][2]string{{"duty.see", "看年历和进度"}, {"duty.manage", "增减、修改要做的事"}, {"duty.excuse", "写明理由免一次"}, {"note.see", "看记一笔"}, {"note.write", "记一笔"}}},
		{"人员", [][2]string{{"people.see", "看名册"}, {"people.see-details", "看详细资料"}, {"people.edit", "改名册"}, {"people.import", "导入名册"}, {"people.reveal", "看封存的号码、工资（记一笔）"}, {"people.see-reveals", "看谁看过号码、工资"},
			{"people.see-mandates", "看谁能做什么"}, {"invite-people", "给进门链接"}}},
		{"单位、场所、年历底子", [][2]string{{"org.manage-units", "增减单位"}, {"org.see-places", "看场所"}, {"org.manage-places", "增减场所"}, {"almanac.enter-year", "录入放假安排"}}},
		{"系统", [][2]string{{"upkeep.keep-system", "备份、核对、运行后台工作"}}},
	}
}

// Nameless lists the permissions that the rights page has no words for, for the test of the whole program.
func Nameless(set *authz.Set) []authz.Perm {
	known := map[string]bool{}
	for _, g := range permGroups() {
		for _, p := range g.Perms {
			known[p[0]] = true
		}
	}
	var out []authz.Perm
	for _, r := range set.Rules() {
		if !known[string(r.Perm)] && !appointing(r.Perm) {
			known[string(r.Perm)] = true
			out = append(out, r.Perm)
		}
	}
	return out
}
