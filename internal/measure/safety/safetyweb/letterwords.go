package safetyweb

import (
	"fmt"
	"strings"

	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
)

// Papers are Chinese whatever the screen's language: the other side files them.
func zhDate(d kernel.Date) string {
	if d.IsZero() {
		return "　"
	}
	return fmt.Sprintf("%d年%d月%d日", d.Year(), int(d.Month()), d.Day())
}

func yesNo(is bool) string {
	if is {
		return "是"
	}
	return "否"
}

func gradeZh(key string) string {
	switch key {
	case "":
		return "未定级"
	case "major":
		return "重大"
	}
	return "一般 " + key
}

func (p letterPage) opening() string {
	day := zhDate(p.CheckedOn)
	if p.Kind == safety.Order {
		return day + p.source() + "，现通知你单位按期整改，并于收到之日起十日内回复整改情况。"
	}
	return day + p.source() + "。现依照《中华人民共和国工会法》第二十五条、《中华人民共和国安全生产法》第六十条提出整改建议，请于收到之日起十日内书面答复。"
}

// source is where a hazard comes from: a patrol found it, or somebody reported it and the safety department judged it.
func (p letterPage) source() string {
	if p.Hazard.Run != "" {
		return "检查发现下列事故隐患"
	}
	return "接到职工反映，经核实存在下列事故隐患"
}

// inspectors are those of the patrol, or whom the letter names.
func (p letterPage) inspectors() string {
	var names []string
	for _, id := range p.Inspectors {
		names = append(names, p.Names[id])
	}
	if len(names) == 0 {
		return p.Letter.Inspectors
	}
	return strings.Join(names, "、")
}

func (p letterPage) found() string {
	text := strings.TrimRight(p.Hazard.Title, "。；;.") + "。"
	if p.Hazard.Description != "" && p.Hazard.Description != p.Hazard.Title {
		text += p.Hazard.Description
	}
	if n := len(p.Photos); n > 0 {
		text += fmt.Sprintf("（附照片 %d 张）", n)
	}
	return text
}

func (p letterPage) verdict() string {
	if p.VerifiedOn.IsZero() {
		return ""
	}
	return p.Names[p.Hazard.Verifier] + "　" + p.Hazard.VerifyNote + "　" + zhDate(p.VerifiedOn)
}
