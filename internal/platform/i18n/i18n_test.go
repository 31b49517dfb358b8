package i18n

import (
	"bytes"
	"testing"

	"xiaojia/internal/kernel"
)

func TestPrinter(t *testing.T) {
	t.Parallel()
	b, err := Read(`"还差 %d 人次" = "%d to go"`)
	if err != nil {
		t.Fatal(err)
	}
	zh, en := b.Printer(Zh), b.Printer(En)
	day := kernel.MustDate("2024-12-20")
	for _, c := range []struct{ got, want string }{
		{zh.T("还差 %d 人次", 3), "还差 3 人次"},
		{en.T("还差 %d 人次", 3), "3 to go"},
		{en.T("没有译文"), Missing + "没有译文"},
		{zh.Date(day), "2024年12月20日"}, {en.Date(day), "20 Dec 2024"},
		{zh.Moment(day.At(8, 5)), "12月20日 08:05"},
		{zh.Weekday(day), "星期五"}, {en.Weekday(day), "Friday"},
		{zh.Money(123456), "1,234.56 元"}, {en.Money(-5), "¥-0.05"},
		{zh.N(1234567), "1,234,567"}, {zh.N(-123), "-123"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestMarkChinese(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		`<p>Raised by 张敏、李国强 today</p>`:                                              `<p>Raised by <span lang="zh-CN">张敏、李国强</span> today</p>`,
		`<p lang="zh">张敏</p>`:                                                        `<p lang="zh">张敏</p>`,
		`<select><option value="1">一号跨</option></select>`:                            `<select><option lang="zh-CN" value="1">一号跨</option></select>`,
		`<img alt="行车"><b>a</b>`:                                                     `<img lang="zh-CN" alt="行车"><b>a</b>`,
		`<textarea name="t">两次试验</textarea>`:                                         `<textarea lang="zh-CN" name="t">两次试验</textarea>`,
		`<svg><title>巡视</title><desc>食堂</desc><text x="1">食堂 3</text></svg><i>中</i>`: `<svg><title lang="zh-CN">巡视</title><desc lang="zh-CN">食堂</desc><text x="1"><tspan lang="zh-CN">食堂</tspan> 3</text></svg><i><span lang="zh-CN">中</span></i>`,
		`<script>var a="中"</script><i>中</i>`:                                         `<script>var a="中"</script><i><span lang="zh-CN">中</span></i>`,
	} {
		var b bytes.Buffer
		if err := MarkChinese(&b, []byte(in)); err != nil {
			t.Fatal(err)
		}
		if b.String() != want {
			t.Errorf("got  %s\nwant %s", b.String(), want)
		}
	}
}
