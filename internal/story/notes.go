package story

import (
	"bytes"
	"fmt"
	"io"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/register/people"
)

// telling is how a mechanism is noted down.
type telling struct{ body, scene string }

var tellings = map[string]telling{
	"S1": {"对照安康杯指标表自查，逐条打分，差距列入下月工作。", "meeting"}, "S2": {"每日汇总各组查出的隐患和参加人数，公示栏更新。", "notice-board"}, "S3": {"两类代表一起看现场，当场反馈给负责人。", "meeting"},
	"S4": {"与安环科一起安排，开展宣讲、培训和演练，职工签到。", "lecture"}, "S5": {"劳动保护培训，讲课两学时，当场测验，合格。", "training"}, "S6": {"按预案演练，从报警到疏散完成 4 分 20 秒，清点人数无误。", "drill"},
	"S7": {"汇总本期隐患，报主要负责人签字。", "notice-board"}, "S9": {"逐条对照上级部署，落实情况已回报。", "meeting"},
	"W1": {"逐户核对在档情况，变化的已更新。", "visit"}, "W2": {"按工资和家庭情况排了一遍，线索已交委员会。", "meeting"}, "W3": {"回访岗位帮扶对象，已稳定上岗。", "visit"}, "W4": {"按名单发放，本人签收。", "gifts"},
	"W5": {"两人上门走访，听了家里近况，愿望已记下转办。", "visit"}, "W6": {"方案、名单、物资齐全，发放到人并签收。", "gifts"}, "W7": {"各组逐人问过，新增线索和变化已登记。", "meeting"}, "W8": {"逐户核对在读情况，学籍证明已看原件。", "visit"},
	"W9": {"慰问品送到本人手上，外地的邮寄并电话确认。", "gifts"}, "W10": {"服务队、经费、器材、联络、走访逐项核对，有单据。", "visit"},
	"V1": {"问卷发到每个小组，回收后归类，共性意见列入清单。", "meeting"}, "V2": {"清单逐件核对进度，已办的请提出人确认。", "notice-board"}, "V3": {"按监督表检查后厨和留样，问题当场交承包方。", "kitchen-clean"}, "V4": {"设施逐项看过，坏的已报修。", "dormitory"},
	"V5": {"食堂、宿舍、浴室、饮水看了一遍，问题限期答复。", "kitchen-clean"}, "V6": {"与行政商定修缮计划，验收时代表和住宿职工都到场。", "dormitory"}, "V7": {"汇总意见，与承包方逐条协商，纪要双方签字。", "meeting"}, "V8": {"三餐评分汇总，低分项请承包方说明。", "kitchen-clean"},
	"V9": {"高温前逐项落实，台账齐全。", "aircon"}, "V10": {"逐件核对诉求的答复和满意情况。", "meeting"},
	"C1": {"报名、签到、合影，参加的都说好。", "lecture"}, "C2": {"请医生来咨询，职工自愿参加，只记到场。", "lecture"}, "C3": {"各组组队，循环加淘汰，成绩当场公布。", "basketball"},
	"H1": {"对照指标逐条看凭证，缺的列出补齐日期。", "meeting"}, "H2": {"写成稿件，配图，交公司工会网站。", "notice-board"}, "H3": {"无记名测评，当场唱票，满意率公布。", "meeting"},
}

// note does a round by 记一笔; long lists of people take two or three days, and near the end of the story some are open.
func (t *teller) note(r duty.DueRow, d kernel.Date) error {
	targets, err := t.app.DutyReads.Targets(t.ctx, t.program().Scope(duty.SeeDuties), duty.TargetFilter{Round: r.ID, State: duty.Missing, Limit: 500})
	if err != nil || len(targets) == 0 {
		return err
	}
	if r.Due.After(t.last) && chance(3, "later", r.ID) != 0 {
		return nil // what is due after today is mostly still to come
	}
	subjects := make([]record.Ref, 0, len(targets))
	for i, x := range targets {
		if len(targets) > 4 && i%29 == 28 {
			if err := t.app.Duties.Excuse(t.ctx, t.program(), r.ID, []record.Ref{x.Subject}, "", "住院，改约"); err != nil {
				return err
			}
			continue
		}
		if t.last.Sub(r.Due) < 20 && len(targets) > 6 && i%17 == 16 {
			continue // still to be reached
		}
		subjects = append(subjects, x.Subject)
	}
	return t.write(r, d, subjects)
}

func (t *teller) write(r duty.DueRow, d kernel.Date, subjects []record.Ref) error {
	told := tellings[r.Mechanism]
	if told.body == "" {
		told = telling{"按要求做了，记录在案。", "meeting"}
	}
	if r.Mechanism == "C3" && r.Name.Zh != "" && chance(2, r.ID) == 0 {
		told.scene = "table-tennis"
	}
	photo, err := t.photo(told.scene, (t.said+1)%2)
	if err != nil {
		return err
	}
	var there []people.ID
	for _, login := range []string{"chair", "committee", "group-leader", "worker-rep"} {
		if chance(2, r.ID, login) == 0 {
			there = append(there, t.ids[login])
		}
	}
	who := t.actors[[]string{"chair", "committee", "group-leader"}[chance(3, "writer", r.ID)]]
	title := []rune(r.Name.Zh)
	n := record.NewNote{Unit: t.branch, Measure: r.Measure, On: d, Title: string(title[:min(len(title), 50)]), Body: told.body, People: there, Round: r.ID, Subjects: subjects,
		Photos: []string{photo}, Strokes: strokes(who.Person)}
	_, err = t.app.Records.Write(t.ctx, who, n)
	return err
}

// photo is a picture drawn by the program and stored like one from a phone; the same take of a scene is stored once.
func (t *teller) photo(name string, take int) (string, error) {
	t.said++
	seed := int64(take)
	key := fmt.Sprint(name, seed)
	if h, ok := t.kept[key]; ok {
		return h, nil
	}
	raw, err := t.album.JPEG(name, seed)
	if err != nil {
		return "", err
	}
	hashes, err := t.app.Photos.Keep(t.ctx, t.org, []io.Reader{bytes.NewReader(raw)})
	if err != nil {
		return "", err
	}
	t.kept[key] = hashes[0]
	return hashes[0], nil
}
