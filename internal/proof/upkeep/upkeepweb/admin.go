package upkeepweb

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/jobs"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/proof/upkeep"
)

type adminPage struct {
	*ui.Page
	State   upkeep.State
	Stale   bool
	Nightly bool // somebody has set a folder for backups
	At      string
	Keep    int
	Step    upkeep.Step // under way on this server
	Jobs    []jobs.Status
	Kept    []os.FileInfo
	Machine []ui.Fact
	Past    []audit.Entry // who took a backup away, who ran what, restores
}

// again is after how many seconds the page is asked for again while something is under way.
const again = "3"

func (h *Pages) show(c *web.Ctx) error {
	p, err := h.Frame.Page(c, "admin", "系统")
	if err != nil {
		return err
	}
	k := h.Keeper
	page := adminPage{Page: p, Nightly: k.Dir != "", At: k.At, Keep: k.Keep, Step: k.Progress()}
	if page.State, err = k.State(c.R.Context()); err != nil {
		return err
	}
	page.Stale = page.State.Stale(c.Now)
	if page.Jobs, err = h.Jobs.List(c.R.Context()); err != nil {
		return err
	}
	if page.Kept, err = k.Kept(); err != nil {
		return err
	}
	if page.Past, err = audit.History(c.R.Context(), h.DB.Read, c.Actor.Org, upkeep.About()); err != nil {
		return err
	}
	if page.Machine, err = h.machine(c, page.State); err != nil {
		return err
	}
	if page.busy(BackupJob) || page.busy(CheckJob) {
		c.W.Header().Set("Refresh", again)
	}
	return c.Render(Admin(page))
}

// machine is what the administrator of a machine wants to know of it.
func (h *Pages) machine(c *web.Ctx, s upkeep.State) ([]ui.Fact, error) {
	people, hazards, err := h.Counts(c.R.Context(), c.Actor.Org)
	if err != nil {
		return nil, err
	}
	schema, err := db.Knows(h.DB.Engine) // the program refuses any other
	if err != nil {
		return nil, err
	}
	out := []ui.Fact{{Name: "程序版本", Value: h.Keeper.Program}, {Name: "数据库", Value: string(h.DB.Engine)}, {Name: "数据库结构", Value: strconv.FormatInt(schema, 10)},
		{Name: "数据目录", Value: h.Keeper.Data}}
	if n := h.Keeper.DatabaseSize(); n > 0 {
		out = append(out, ui.Fact{Name: "数据库大小", Value: size(n)})
	}
	if n, ok := h.Keeper.Free(); ok {
		out = append(out, ui.Fact{Name: "磁盘还剩", Value: size(n)})
	}
	out = append(out, ui.Fact{Name: "人员", Value: c.P.N(people)}, ui.Fact{Name: "隐患", Value: c.P.N(hazards)})
	if s.Check != nil {
		out = append(out, ui.Fact{Name: "图片（上次核对时）", Value: c.P.N(s.Check.Counts.Pictures)})
	}
	return out, nil
}

// run starts a job by its name: it begins within seconds, on whichever server looks first.
func (h *Pages) run(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	name := f.Text("job")
	if err := h.Jobs.Hasten(c.R.Context(), name); err != nil {
		return err
	}
	err = h.DB.InTx(c.R.Context(), c.Actor, func(tx db.Tx) error {
		return audit.Write(tx, "system.run", upkeep.About(), "让后台工作 %s 马上运行", name)
	})
	if err != nil {
		return err
	}
	return c.See("/admin", "马上开始：%s。", c.P.T(jobName(name)))
}

// download hands out a backup; that it was taken stands in the history first.
func (h *Pages) download(c *web.Ctx) error {
	name := c.Query("name")
	if name == "" {
		return c.See("/admin", "")
	}
	f, err := h.Keeper.Open(name)
	if err != nil {
		return err
	}
	defer f.Close() // only read
	info, err := f.Stat()
	if err != nil {
		return err
	}
	err = h.DB.InTx(c.R.Context(), c.Actor, func(tx db.Tx) error {
		return audit.Write(tx, "system.download", upkeep.About(), "取走了备份 %s", name)
	})
	if err != nil {
		return err
	}
	c.Attach(name, "application/x-tar")
	c.W.Header().Set("Content-Length", strconv.FormatInt(info.Size(), 10))
	_, err = io.Copy(c.W, f)
	return err
}

// jobNames are the jobs in a worker's words.
var jobNames = map[string]string{
	BackupJob: "备份", CheckJob: "核对全部", "backup.watch": "看备份是不是太旧", "duty.open": "开新一轮工作", "matters": "看哪些隐患过期", "outbox": "送出提醒",
	"photos": "清理没人用的照片", "uploads": "清理没导完的名册", "once": "清理旧的重复提交记号",
}

func jobName(name string) string {
	if n, ok := jobNames[name]; ok {
		return n
	}
	return name
}

// busy tells whether a job runs or is about to.
func (p adminPage) busy(name string) bool {
	for _, j := range p.Jobs {
		if j.Name == name {
			return j.Running || j.Due != 0 && j.Due <= p.C.Now
		}
	}
	return false
}

// next is when a job comes back; one without a time of its own waits for somebody.
func (p adminPage) next(j jobs.Status) string {
	switch {
	case j.Due == 0:
		return "—"
	case j.Due > p.C.Now.Add(10*365*24*time.Hour):
		return p.T("只在有人按时")
	}
	return p.P.Moment(j.Due)
}

func (p adminPage) took(j jobs.Status) string {
	d := j.Took()
	switch {
	case j.Ended != 0 && !j.Running && d < time.Second:
		return p.T("不到 1 秒")
	case d == 0:
		return "—"
	case d < 2*time.Minute:
		return p.T("%d 秒", int(d.Seconds()))
	}
	return p.T("%d 分钟", int(d.Minutes()))
}

// proof is how a backup was proved, in a sentence.
func (p adminPage) proof(r upkeep.Report) string {
	c := r.Counts
	return p.T("写完以后恢复到临时的地方，逐条核对过：经过 %d 行、图片 %d 张、计数 %d 个、事项 %d 件、签名 %d 个，都对得上。", c.History, c.Pictures, c.Counters, c.Matters, c.Signatures)
}

// size is a number of bytes for people.
func size(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	}
	return fmt.Sprintf("%d KB", (n+1023)/1024)
}

// made is when a backup was made, which its name says.
func (p adminPage) made(f os.FileInfo) kernel.Time { return upkeep.MadeAt(f.Name()) }

// act is what a button does, for who cannot see beside what it stands.
func (p adminPage) act(job, name string) string { return p.T("%s：%s", name, p.T(jobName(job))) }
