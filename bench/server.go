package main

import (
	"bufio"
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a server under measurement.
type process struct {
	cmd  *exec.Cmd
	base string // host:port
	born time.Time
}

// command runs the program to its end.
func (r *run) command(args ...string) error {
	cmd := exec.CommandContext(r.ctx, r.bin, r.with(args)...)
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Run(); err != nil {
		text := said.String()
		return fmt.Errorf("%s: %w: %s", args[0], err, text[max(0, len(text)-400):])
	}
	return nil
}

// with adds the database that belongs to the folder of a command.
func (r *run) with(args []string) []string {
	if i := slices.Index(args, "--data"); r.database != "" && i >= 0 {
		args = append(slices.Clone(args), "--database", r.url(args[i+1]))
	}
	return args
}

// url is the address of a folder's own PostgreSQL database; empty on SQLite.
func (r *run) url(dir string) string {
	u, err := url.Parse(r.database)
	if err != nil || r.database == "" {
		return r.database
	}
	u.Path = "/" + databaseOf(dir)
	return u.String()
}

func databaseOf(dir string) string { return "bench_" + filepath.Base(dir) }

// fresh makes the database of a folder anew, as a copy where it has a model.
func (r *run) fresh(dir, model string) error {
	if r.database == "" {
		return nil
	}
	admin, err := sql.Open("pgx", r.database)
	if err != nil {
		return err
	}
	defer admin.Close()
	like := ""
	if model != "" {
		like = " TEMPLATE " + databaseOf(model)
	}
	for _, q := range []string{"DROP DATABASE IF EXISTS " + databaseOf(dir) + " WITH (FORCE)", "CREATE DATABASE " + databaseOf(dir) + like} {
		if _, err := admin.ExecContext(r.ctx, q); err != nil {
			return fmt.Errorf("%s: %w", q, err)
		}
	}
	return nil
}

// serve starts the program on a folder and waits for its address.
func (r *run) serve(dir string, args ...string) (*process, error) {
	args = append([]string{"serve", "--data", dir, "--addr", "127.0.0.1:0", "--rate-limit", "off"}, args...)
	return launch(exec.Command(r.bin, r.with(args)...))
}

func launch(cmd *exec.Cmd) (*process, error) {
	out, err := cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	p := &process{cmd: cmd, born: time.Now()}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, at, ok := strings.Cut(lines.Text(), "http://"); ok {
			p.base = strings.TrimSpace(at)
			go func() { _, _ = io.Copy(io.Discard, out) }() // so that it never waits for a reader
			return p, nil
		}
	}
	return nil, errors.Join(errors.New("the server printed no address"), cmd.Wait())
}

func (p *process) stop() error {
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	return p.cmd.Wait()
}

// clockTick is how the kernel counts: 100 a second on every Linux that Go runs on.
const clockTick = 10 * time.Millisecond

// cpu is what the process has used so far, user and system.
func (p *process) cpu() time.Duration {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	f := strings.Fields(string(raw[bytes.LastIndexByte(raw, ')')+2:]))
	user, _ := strconv.ParseInt(f[11], 10, 64)
	system, _ := strconv.ParseInt(f[12], 10, 64)
	return time.Duration(user+system) * clockTick
}

// resident is the memory of the process in bytes: VmRSS now, VmHWM at its highest.
func (p *process) resident(field string) int64 {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	_, after, ok := strings.Cut(string(raw), field+":")
	if !ok { // it is just ending
		return 0
	}
	n, _ := strconv.ParseInt(strings.Fields(after)[0], 10, 64)
	return n << 10
}

// door signs a member of the demo's cast in and gives the cookie.
func (p *process) door(login string) (string, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return "", err
	}
	c := http.Client{Jar: jar}
	res, err := c.PostForm("http://"+p.base+"/door/"+login, url.Values{"to": {"/"}})
	if err != nil {
		return "", err
	}
	res.Body.Close()
	u, _ := url.Parse("http://" + p.base)
	for _, k := range jar.Cookies(u) {
		if k.Name == "xj_session" {
			return k.Name + "=" + k.Value, nil
		}
	}
	return "", fmt.Errorf("the door let %s not in: %s", login, res.Status)
}

// bare is the limit of pages: net/http that sends so many bytes, in a process of its own.
func bare(args []string) {
	n, _ := strconv.Atoi(args[0])
	body := bytes.Repeat([]byte("x"), n)
	h := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(body) // a client that hung up is no matter
	})
	ln, err := listen()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Fprintf(os.Stderr, "http://%s\n", ln.Addr())
	_ = http.Serve(ln, h) // until it is killed
}

func bareServer(n int) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return launch(exec.Command(self, "bare", strconv.Itoa(n)))
}
