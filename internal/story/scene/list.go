package scene

import "xiaojia/internal/kernel"

// entry is one scene. Scenes of one place share camera and chance, so that before and after show the same corner.
type entry struct {
	name  string
	place string
	after string // the same place put right, where this one shows a hazard
	words kernel.Words
	draw  func(*pen)
}

func entries() []entry {
	e := func(name, place, after, zh, en string, draw func(*pen)) entry {
		return entry{name, place, after, kernel.Words{Zh: zh, En: en}, draw}
	}
	return []entry{
		e("fridge-small", "fridge", "fridge-sample", "留样克数不足", "sample too small", func(p *pen) { p.fridge(false) }),
		e("fridge-sample", "fridge", "", "留样柜", "sample fridge", func(p *pen) { p.fridge(true) }),
		e("hood-dirty", "kitchen", "kitchen-clean", "烟罩油污", "greasy hood", func(p *pen) { p.kitchen(false) }),
		e("kitchen-clean", "kitchen", "", "后厨整洁", "clean kitchen", func(p *pen) { p.kitchen(true) }),
		e("corridor-blocked", "corridor", "corridor-clear", "走廊堆物", "blocked corridor", (*pen).corridorBlocked),
		e("corridor-clear", "corridor", "", "走廊畅通", "clear corridor", (*pen).corridor),
		e("ebike-corridor", "corridor", "corridor-clear", "楼道充电", "e-bike charging in the corridor", (*pen).corridorBike),
		e("socket-overloaded", "socket", "socket-tidy", "插座过载", "overloaded socket", func(p *pen) { p.socket(false) }),
		e("socket-tidy", "socket", "", "用电整齐", "tidy socket", func(p *pen) { p.socket(true) }),
		e("extinguisher-missing", "extinguisher", "extinguisher-present", "灭火器缺失", "extinguisher missing", func(p *pen) { p.extinguishers(false) }),
		e("extinguisher-present", "extinguisher", "", "灭火器在位", "extinguisher in place", func(p *pen) { p.extinguishers(true) }),
		e("crane-broken", "crane", "crane-fixed", "行车限位失灵", "crane limit switch broken", func(p *pen) { p.crane(false) }),
		e("crane-fixed", "crane", "", "行车限位修复", "crane limit switch fixed", func(p *pen) { p.crane(true) }),
		e("guard-missing", "guard", "guard-fitted", "皮带无护罩", "guard missing", func(p *pen) { p.belt(false) }),
		e("guard-fitted", "guard", "", "护罩已装", "guard fitted", func(p *pen) { p.belt(true) }),
		e("aisle-blocked", "aisle", "aisle-clear", "通道占用", "aisle blocked", func(p *pen) { p.aisle(false) }),
		e("aisle-clear", "aisle", "", "通道畅通", "aisle clear", func(p *pen) { p.aisle(true) }),
		e("switchboard-open", "switchboard", "switchboard-closed", "配电柜敞开", "switchboard open", func(p *pen) { p.switchboard(false) }),
		e("switchboard-closed", "switchboard", "", "配电柜关好", "switchboard closed", func(p *pen) { p.switchboard(true) }),
		e("grinding-wheel", "grinder", "", "砂轮机", "grinding wheel", (*pen).grinder),
		e("store-mixed", "store", "store-separated", "禁忌物混放", "bleach next to solvent", func(p *pen) { p.store(false) }),
		e("store-separated", "store", "", "分类存放", "stored apart", func(p *pen) { p.store(true) }),
		e("tray-missing", "tray", "tray-present", "缺防渗托盘", "no drip tray", func(p *pen) { p.drums(false) }),
		e("tray-present", "tray", "", "托盘到位", "drip tray in place", func(p *pen) { p.drums(true) }),
		e("label-missing", "label", "label-present", "标签缺失", "missing label", func(p *pen) { p.bottles(false) }),
		e("label-present", "label", "", "标签齐全", "labelled", func(p *pen) { p.bottles(true) }),
		e("visit", "visit", "", "走访慰问", "home visit", (*pen).visit),
		e("lecture", "lecture", "", "讲座", "lecture", (*pen).lecture),
		e("meeting", "meeting", "", "会议", "meeting", (*pen).meeting),
		e("training", "training", "", "实操培训", "practical training", (*pen).training),
		e("drill", "drill", "", "疏散演练", "evacuation drill", (*pen).drill),
		e("basketball", "basketball", "", "篮球赛", "basketball match", (*pen).basketball),
		e("table-tennis", "table-tennis", "", "乒乓球赛", "table tennis", (*pen).tableTennis),
		e("gifts", "gifts", "", "慰问品", "gift bags", (*pen).gifts),
		e("cool-drinks", "drinks", "", "送清凉", "cool drinks", (*pen).drinks),
		e("notice-board", "notice", "", "公示栏", "notice board", (*pen).notices),
		e("dormitory", "dormitory", "", "宿舍粉刷", "dormitory freshly painted", (*pen).dormitory),
		e("aircon", "aircon", "", "空调清洗", "air conditioner cleaned", (*pen).aircon),
	}
}

func find(name string) (entry, bool) {
	for _, e := range entries() {
		if e.name == name {
			return e, true
		}
	}
	return entry{}, false
}

// Names lists every scene, those of one place together.
func Names() []string {
	var out []string
	for _, e := range entries() {
		out = append(out, e.name)
	}
	return out
}

// After is the scene of the same place once the hazard is put right; false where a scene shows none.
func After(name string) (string, bool) {
	e, _ := find(name)
	return e.after, e.after != ""
}

// Caption says in a few words what a scene shows.
func Caption(name string) (kernel.Words, bool) {
	e, ok := find(name)
	return e.words, ok
}
