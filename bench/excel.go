package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"github.com/xuri/excelize/v2"
)

// excel reads rosters of ten and a hundred thousand people: what it would do, then does it.
func (r *run) excel() error {
	for _, s := range []struct {
		rows          int
		most, stretch time.Duration
		memory        int64
	}{{10_000, 2500 * time.Millisecond, 1500 * time.Millisecond, 350}, {100_000, 15 * time.Second, 10 * time.Second, 350}} {
		dir, err := r.folder("roster", 0, 0)
		if err != nil {
			return err
		}
		file := filepath.Join(r.dir, fmt.Sprintf("roster-%d.xlsx", s.rows))
		if _, err := os.Stat(file); err != nil {
			if err := writeRoster(file, s.rows); err != nil {
				return err
			}
		}
		name := fmt.Sprintf("roster of %d rows", s.rows)
		for _, step := range []struct {
			name string
			args []string
		}{{"preview", []string{"--dry-run"}}, {"import", nil}} {
			took, peak, err := r.roster(dir, file, step.args...)
			if err != nil {
				return fmt.Errorf("%s, %s: %w", name, step.name, err)
			}
			r.cheap(name+", "+step.name, took, s.most, s.stretch)
			r.small(name+", "+step.name+", peak memory", peak, s.memory, 0)
		}
		if err := errors.Join(os.RemoveAll(dir), os.Remove(dir+".ready")); err != nil { // the next one starts from an empty roster too
			return err
		}
	}
	return nil
}

func (r *run) roster(dir, file string, more ...string) (time.Duration, int64, error) {
	args := append([]string{"import", "people", "--data", dir, "--unit", "科一分工会", "--file", file, "--create-units"}, more...)
	cmd := exec.CommandContext(r.ctx, r.bin, r.with(args)...)
	var said bytes.Buffer
	cmd.Stderr = &said
	start := time.Now()
	if err := cmd.Run(); err != nil {
		text := said.String()
		return 0, 0, fmt.Errorf("%w: %s", err, text[max(0, len(text)-300):])
	}
	return time.Since(start), cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss << 10, nil
}

func writeRoster(file string, n int) error {
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	head := []any{"工号", "姓名", "性别", "身份证号", "出生日期", "部门", "班组", "岗位", "用工形式", "入职日期", "是否会员", "联系电话", "户籍", "备注", "月工资"}
	if err := w.SetRow("A1", head); err != nil {
		return err
	}
	surnames, given := []rune("王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗"), []rune("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰")
	depts := []string{"机加工车间", "装配车间", "焊接车间", "设备维修科", "质量检验科"}
	for i := range n {
		born := time.Date(1965+i%38, time.Month(1+i%12), 1+i%28, 0, 0, 0, 0, time.UTC)
		name := string([]rune{surnames[i%len(surnames)], given[i/7%len(given)], given[i/191%len(given)]})
		sex := []string{"女", "男"}[i%2]
		row := []any{fmt.Sprintf("B%06d", i), name, sex, idNumber(born, i), born.Format("2006-01-02"), depts[i%len(depts)], fmt.Sprintf("%d班", 1+i%6), "操作工", "合同制",
			born.AddDate(22, 3, 0).Format("2006-01-02"), "是", fmt.Sprintf("139%08d", i), "本市", "", fmt.Sprintf("%d.50", 5000+i%4000)}
		if err := w.SetRow(fmt.Sprintf("A%d", i+2), row); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.SaveAs(file)
}

// idNumber is a number with a right check digit (GB 11643); the last digit of the order tells the sex.
func idNumber(born time.Time, i int) string {
	s := fmt.Sprintf("310105%s%03d", born.Format("20060102"), i/38%500*2+i%2)
	weights, sum := []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}, 0
	for k, w := range weights {
		sum += int(s[k]-'0') * w
	}
	return s + string("10X98765432"[sum%11])
}
