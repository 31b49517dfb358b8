package roster

import (
	"fmt"
	"testing"

	"xiaojia/internal/kernel"
)

func BenchmarkTenThousand(b *testing.B) {
	rows := [][]any{{"工号", "姓名", "性别", "身份证号码", "出生日期", "部门", "班组", "岗位", "入司时间", "是否会员", "手机", "应发工资"}}
	born := kernel.MustDate("1960-01-01")
	for i := range 10_000 {
		d := born.Add(i)
		rows = append(rows, []any{fmt.Sprintf("K%05d", i), "王芳", "", idFor(d, i%900+1), d.String(), "机加工车间", "一班", "工人",
			"2012.6.26", "是", 13800000000 + i, 5000.25})
	}
	raw := workbook(b, rows)
	b.ReportAllocs()
	for b.Loop() {
		people, _ := readAll(b, mustOpen(b, raw), today)
		if len(people) != 10_000 || len(people[77].Problems) != 0 {
			b.Fatalf("got %d, %v", len(people), people[77].Problems)
		}
	}
}
