package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

func listen() (net.Listener, error) { return net.Listen("tcp", "127.0.0.1:0") }

// request is the bytes of a request, made anew for each turn where it must differ.
type request func(client, turn int) []byte

func get(base, path, cookie string) request {
	raw := fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: %s\r\nAccept-Language: zh-CN\r\nCookie: %s\r\n\r\n", path, base, cookie)
	return func(int, int) []byte { return raw }
}

// anew asks for the page under another address each time, so that a page that is kept does not answer.
func anew(base, path, cookie string) request {
	join := "?"
	if strings.Contains(path, "?") {
		join = "&"
	}
	return func(client, turn int) []byte {
		return fmt.Appendf(nil, "GET %s%sanew=%d-%d HTTP/1.1\r\nHost: %s\r\nAccept-Language: zh-CN\r\nCookie: %s\r\n\r\n", path, join, client, turn, base, cookie)
	}
}

// shot is what a round of load has shown.
type shot struct {
	perSecond float64
	cpu       time.Duration // of the server, a request
	bytes     int           // of the last answer
	p50, p99  time.Duration
}

// load keeps so many connections busy for a while. It speaks HTTP itself, leanly, because it shares the cores with the server.
func load(p *process, clients int, d time.Duration, req request) (shot, error) {
	ctx, cancel := context.WithTimeout(context.Background(), d)
	defer cancel()
	var done, size atomic.Int64
	took := make([][]time.Duration, clients)
	errs := make(chan error, clients)
	before, start := p.cpu(), time.Now()
	var wg sync.WaitGroup
	for i := range clients {
		wg.Go(func() {
			c, err := dial(p.base)
			if err != nil {
				errs <- err
				return
			}
			defer c.conn.Close()
			for turn := 0; ctx.Err() == nil; turn++ {
				at := time.Now()
				n, err := c.do(req(i, turn))
				if err != nil {
					errs <- err
					return
				}
				took[i] = append(took[i], time.Since(at))
				done.Add(1)
				size.Store(int64(n))
			}
		})
	}
	wg.Wait()
	wall, used := time.Since(start), p.cpu()-before
	select {
	case err := <-errs:
		return shot{}, err
	default:
	}
	n := done.Load()
	all := slices.Concat(took...)
	slices.Sort(all)
	return shot{perSecond: float64(n) / wall.Seconds(), cpu: used / time.Duration(max(n, 1)), bytes: int(size.Load()), p50: all[len(all)/2], p99: all[len(all)*99/100]}, nil
}

type client struct {
	conn net.Conn
	r    *bufio.Reader
}

func dial(base string) (*client, error) {
	c, err := net.Dial("tcp", base)
	if err != nil {
		return nil, err
	}
	return &client{c, bufio.NewReaderSize(c, 64<<10)}, nil
}

// do sends one request and reads the answer away; it answers how long the body was.
func (c *client) do(raw []byte) (int, error) {
	if _, err := c.conn.Write(raw); err != nil {
		return 0, err
	}
	status, err := c.r.ReadSlice('\n')
	if err != nil {
		return 0, err
	}
	good := len(status) > 9 && status[9] == '2'
	first := string(status)
	length, chunked := -1, false
	for {
		line, err := c.r.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		if line = bytes.TrimRight(line, "\r\n"); len(line) == 0 {
			break
		}
		name, value, _ := bytes.Cut(line, []byte(":"))
		switch textproto.CanonicalMIMEHeaderKey(string(name)) {
		case "Content-Length":
			length, _ = strconv.Atoi(string(bytes.TrimSpace(value)))
		case "Transfer-Encoding":
			chunked = true
		}
	}
	n, err := c.body(length, chunked)
	if err == nil && !good {
		err = fmt.Errorf("answered %s", bytes.TrimSpace([]byte(first)))
	}
	return n, err
}

func (c *client) body(length int, chunked bool) (int, error) {
	if !chunked {
		_, err := c.r.Discard(max(length, 0))
		return length, err
	}
	for n := 0; ; {
		line, err := c.r.ReadSlice('\n')
		if err != nil {
			return n, err
		}
		k, err := strconv.ParseInt(string(bytes.TrimSpace(line)), 16, 64)
		if err != nil {
			return n, err
		}
		if _, err := io.CopyN(io.Discard, c.r, k+2); err != nil {
			return n, err
		}
		if n += int(k); k == 0 {
			return n, nil
		}
	}
}
