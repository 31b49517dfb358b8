package story

import (
	"fmt"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/register/org"
	"xiaojia/internal/story/scene"
)

// affair is a hazard that the story still has to move on.
type affair struct {
	id     matter.ID
	scene  string
	next   kernel.Date
	path   string // what is unusual about it
	paper  string // a letter that waits for its answer
	steps  int
	letter string // that is out and not answered
	takes  int    // pictures since the first
}

// paths are the unhappy ways; most hazards go straight.
var paths = []string{"", "", "", "", "", "", "fail", "fail-twice", "return", "extend", "deny", "transfer", "refuse", "slow", ""}

func (t *teller) follow(id string, scene string, d kernel.Date) {
	n := chance(len(paths), "path", scene, d)
	t.said++
	n = (n + t.said) % len(paths)
	t.open = append(t.open, &affair{id: matter.ID(id), scene: scene, next: d.Add(1), path: paths[n]})
}

// spot is what a member sees somewhere.
type spot struct{ place, words, scene string }

// spots are what members of the first branch report.
var spots = []spot{
	{"装配车间", "通道堆料，占压黄线", "aisle-blocked"}, {"机加工车间", "砂轮机防护罩松动", "grinding-wheel"}, {"宿舍生活区", "三号楼应急灯不亮", "corridor-blocked"},
	{"焊接车间", "配电箱门未锁，无警示牌", "switchboard-open"}, {"职工食堂", "留样盒没有写时间", "fridge-small"}, {"危化品库", "一只空桶没有标签", "label-missing"},
	{"宿舍生活区", "二楼插座松，冒火花", "socket-overloaded"}, {"机加工车间", "二号跨行车异响", "crane-broken"}, {"装配车间", "皮带轮没有护罩", "guard-missing"},
}

// reports: every other week somebody of the branch reports something, named, hidden or anonymous.
func (t *teller) reports(d kernel.Date) error {
	if !d.Before(t.last) {
		return nil
	}
	busy := 11
	if t.last.Sub(d) < 16 {
		busy = 2 // the last fortnight is what the demo still has in hand
	}
	if d == t.last.Add(-10) && t.second != nil {
		return t.crane(d)
	}
	if chance(busy, "report", t.branchName, d) != 0 {
		return nil
	}
	t.clock.set(d.At(11, chance(50, "minute", d)))
	s := t.spots[chance(len(t.spots), "spot", d)]
	chart, err := t.app.Directory.Of(t.ctx, t.org)
	if err != nil {
		return err
	}
	at, _ := placeNamed(chart, t.branch, s.place)
	photo, err := t.photo(s.scene, 0)
	if err != nil {
		return err
	}
	mode := []safety.Mode{safety.Named, safety.Named, safety.Hidden, safety.Anonymous}[chance(4, "mode", d)]
	who := []string{"member", "group-leader", "committee"}[chance(3, "who", d)]
	h, err := t.app.Hazards.Raise(t.ctx, t.actors[who], safety.Report{Place: at, Title: s.words, Mode: mode, Photos: []string{photo}})
	if err != nil {
		return err
	}
	t.follow(string(h.ID), s.scene, d)
	if mode != safety.Anonymous {
		return nil
	}
	if err := t.app.Hazards.Ask(t.ctx, t.actors["safety-dept"], h.ID, "具体在哪个位置？白天还是夜班看见的？"); err != nil {
		return err
	}
	return t.app.Hazards.AnswerByReceipt(t.ctx, h.Receipt, "靠北头，第二个门口边上，夜班看见的。")
}

// crane is the major hazard that stands at 复查, late, on the day of the demo.
func (t *teller) crane(d kernel.Date) error {
	chart, err := t.app.Directory.Of(t.ctx, t.org)
	if err != nil {
		return err
	}
	at, _ := placeNamed(chart, t.branch, "机加工车间")
	photo, err := t.photo("crane-broken", 0)
	if err != nil {
		return err
	}
	t.clock.set(d.At(8, 12))
	h, err := t.app.Hazards.Raise(t.ctx, t.actors["group-leader"], safety.Report{Place: at, Spot: "二号跨", Title: "行车限位失灵，吊钩可冲顶", Mode: safety.Named,
		Description: "上升限位失灵，空载试验吊钩冲过限位未断电，有冲顶坠落危险。", Photos: []string{photo}})
	if err != nil {
		return err
	}
	t.open = append(t.open, &affair{id: h.ID, scene: "crane-broken", next: d, path: "wait"})
	return nil
}

func placeNamed(c *org.Chart, branch org.UnitID, name string) (org.PlaceID, bool) {
	for _, p := range c.Places(branch, "") {
		if p.Name.Zh == name {
			return p.ID, true
		}
	}
	return "", false
}

// affairs moves on every hazard whose day has come.
func (t *teller) affairs(d kernel.Date) error {
	var left []*affair
	for i, x := range t.open {
		if x.next.After(d) || !d.Before(t.last) {
			left = append(left, x)
			continue
		}
		t.clock.set(d.At(14, 5+i%50))
		over, err := t.move(x, d)
		if err != nil {
			return fmt.Errorf("%s (%s): %w", x.id, x.path, err)
		}
		if !over {
			left = append(left, x)
		}
	}
	t.open = left
	return nil
}

// move does the next act of a hazard and tells whether it is over.
func (t *teller) move(x *affair, d kernel.Date) (bool, error) {
	m, err := t.app.Matters.Load(t.ctx, t.app.DB.Read, t.org, x.id)
	if err != nil {
		return false, err
	}
	x.steps++
	switch m.State {
	case matter.Raised:
		x.next = d.Add(1)
		if x.path == "refuse" {
			return true, t.act("safety-dept", x, matter.Do{Act: safety.Refuse, Reason: "到现场看过，是检修时的临时状态，已恢复，不构成隐患。"})
		}
		return false, t.act("safety-dept", x, matter.Do{Act: safety.JudgeAct, Grade: grade(x)})
	case matter.Judged:
		x.next = d.Add(2 + chance(4, "work", x.scene, d))
		return false, t.assign(x, m, d)
	case matter.Assigned:
		return false, t.rectify(x, m, d)
	case matter.Answered:
		return false, t.check(x, m, d)
	case matter.Verified:
		x.next = d.Add(1)
		return false, t.act("chair", x, matter.Do{Act: safety.Announce, How: "班前会和公示栏", On: d, Congress: m.Grade == "major"})
	case matter.Announced:
		return true, t.act("chair", x, matter.Do{Act: safety.CloseHazard})
	}
	return true, nil
}

func grade(x *affair) string {
	switch x.scene {
	case "crane-broken":
		return "major"
	case "store-mixed", "ebike-corridor":
		return "A"
	case "guard-missing", "switchboard-open", "socket-overloaded":
		return "B"
	case "aisle-blocked", "label-missing", "tray-missing":
		return "D"
	}
	return "C"
}

// hand is who answers for what is owned by a unit.
func (t *teller) hand(m matter.Matter) (login string, owner org.UnitID, err error) {
	chart, err := t.app.Directory.Of(t.ctx, t.org)
	if err != nil {
		return "", "", err
	}
	login, owner = "repair", ""
	if p, ok := chart.Place(m.Place); ok {
		owner = p.Owner
	}
	switch chart.Name(owner).Zh {
	case "鑫味餐饮":
		login = "canteen"
	case "后勤保障科":
		login = "logistics"
	case "物资供应科":
		login = "store"
	case "二车间设备组":
		login = "repair"
	default:
		owner, _ = find(chart, t.repairs)
	}
	return login, owner, nil
}

func (t *teller) assign(x *affair, m matter.Matter, d kernel.Date) error {
	login, owner, err := t.hand(m)
	if err != nil {
		return err
	}
	do := matter.Do{Act: safety.Assign, Owner: owner, Rectifier: t.ids[login], Verifier: t.ids["chair"], Measure: measures[x.scene], Doer: "当班班组"}
	if do.Measure == "" {
		do.Measure = "按标准整改，举一反三检查同类地方。"
	}
	if m.Grade == "major" {
		do.Until = d.Add(8)
	}
	if err := t.act("chair", x, do); err != nil || x.letter != "" || m.Grade != "major" && chance(6, "letter", x.scene, x.steps, d) != 0 {
		return err
	}
	l, err := t.app.Letters.Draft(t.ctx, t.actors["chair"], x.id, safety.Advice, safety.Wanted{StopWork: m.Grade == "major"})
	if err != nil {
		return err
	}
	l, err = t.app.Letters.Issue(t.ctx, t.actors["chair"], l.ID, l.Version)
	x.paper = l.ID
	return err
}

var measures = map[string]string{
	"crane-broken": "换 LX7 限位开关，加装重锤式二次限位，试验合格后恢复使用。", "store-mixed": "氧化剂与溶剂分库存放，货架贴标识。", "guard-missing": "装回防护罩，加锁紧螺母。",
	"fridge-small": "每品种留样不少于 125 克，专柜 48 小时，补登记。", "hood-dirty": "当日清洗烟罩和过滤网，改为每周清洗。", "corridor-blocked": "清走堆物，划黄线，楼层长每日看。",
	"ebike-corridor": "车辆移到室外充电棚，楼门贴提示。", "socket-overloaded": "换固定插座，查整层线路。", "extinguisher-missing": "补放灭火器，贴点检卡。", "switchboard-open": "锁门，清走堆料，补警示牌。",
	"aisle-blocked": "料移到定置区，重画黄线。", "label-missing": "补贴中文安全标签和 SDS。", "tray-missing": "补一只防泄漏托盘。", "grinding-wheel": "紧固防护罩，调托架间隙到 3 毫米以内。",
}

// answerLetter signs for a letter and answers it, as its unit does a day or two later.
func (t *teller) answerLetter(x *affair, login string) error {
	if x.paper == "" {
		return nil
	}
	by, id := t.actors[login], x.paper
	x.paper = ""
	if err := t.app.Letters.Receive(t.ctx, by, id, by.Name); err != nil {
		return err
	}
	return t.app.Letters.Reply(t.ctx, by, id, by.Name, "接受建议，已安排整改，按期完成后申请验收。")
}

// rectify is the time in assigned: hand in, or one of the unhappy ways.
func (t *teller) rectify(x *affair, m matter.Matter, d kernel.Date) error {
	login, _, err := t.hand(m)
	if err != nil {
		return err
	}
	x.next = d.Add(1)
	if err := t.answerLetter(x, login); err != nil {
		return err
	}
	switch {
	case x.path == "return" && x.steps < 4:
		return t.act(login, x, matter.Do{Act: safety.Return, Reason: "这台设备归设备维修科管，请改交办。"})
	case (x.path == "extend" || x.path == "deny") && m.Extended == 0 && x.steps < 5 && m.Grade != "A":
		x.steps = 5
		x.path += "-asked"
		return t.act(login, x, matter.Do{Act: safety.AskExtend, Until: m.Due.Date().Add(7), Reason: "备件 5 天后到货。"})
	case x.path == "extend-asked":
		x.path = ""
		return t.act("chair", x, matter.Do{Act: safety.Extend, Until: m.Due.Date().Add(7)})
	case x.path == "deny-asked":
		x.path = ""
		return t.act("chair", x, matter.Do{Act: safety.DenyExtend, Reason: "先停用，今天就能消除，不需要延期。"})
	case x.path == "slow" && d.Before(m.Due.Date().Add(4)):
		x.next = d.Add(3)
		return nil
	}
	if err := t.reply(login, x); err != nil {
		return err
	}
	photo, err := t.retake(x)
	if err != nil {
		return err
	}
	return t.act(login, x, matter.Do{Act: safety.Answer, Words: "已按措施整改，现场试过两次，正常。", Photos: []string{photo}})
}

// reply signs for the letter of a hazard and answers it, when the work is done.
func (t *teller) reply(login string, x *affair) error {
	if x.letter == "" {
		return nil
	}
	if err := t.app.Letters.Receive(t.ctx, t.actors[login], x.letter, ""); err != nil {
		return fmt.Errorf("%s receives: %w", login, err)
	}
	if err := t.app.Letters.Reply(t.ctx, t.actors[login], x.letter, "", "已按建议书整改，详见整改照片。"); err != nil {
		return fmt.Errorf("%s replies: %w", login, err)
	}
	x.letter = ""
	return nil
}

// retake is the picture of an affair's place put right, another one each time: who checks goes there and looks himself.
func (t *teller) retake(x *affair) (string, error) {
	x.takes++
	return t.photo(after(x.scene), x.takes)
}

func after(name string) string {
	if a, ok := scene.After(name); ok {
		return a
	}
	return name
}

func (t *teller) check(x *affair, m matter.Matter, d kernel.Date) error {
	x.next = d.Add(1)
	if x.path == "wait" {
		return nil
	}
	if x.path == "fail" && m.Rework == 0 || x.path == "fail-twice" && m.Rework < 2 {
		return t.act("chair", x, matter.Do{Act: safety.Fail, Reason: "只做了表面，同类的地方没有查，请重做。"})
	}
	photo, err := t.retake(x)
	if err != nil {
		return err
	}
	return t.act("chair", x, matter.Do{Act: safety.Verify, Words: "到现场看过，合格。", Photos: []string{photo}})
}

func (t *teller) act(login string, x *affair, do matter.Do) error {
	_, err := t.app.Hazards.Act(t.ctx, t.actors[login], x.id, do)
	if err != nil {
		return fmt.Errorf("%s %s: %w", login, do.Act, err)
	}
	return nil
}
