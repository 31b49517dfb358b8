package accountweb

import (
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"

	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
)

// connectPage says how phones find this machine.
type connectPage struct {
	*ui.Page
	Public string
	Ways   []way
	Secure bool
	Closed bool // the server listens to this machine alone
	Data   string
	Port   string
}

// restart is the command by which the server listens to the whole network.
func (p connectPage) restart() string {
	data := p.Data
	if strings.ContainsAny(data, " '\"") {
		data = strconv.Quote(data)
	}
	return "xiaojia serve --data " + data + " --addr 0.0.0.0:" + p.Port
}

// way is one address with its code.
type way struct {
	Href string
	Code ui.QRCode
}

func (h *Moving) connect(c *web.Ctx) error {
	p, err := h.Frame.Page(c, "", "手机怎么找到这台电脑")
	if err != nil {
		return err
	}
	p.Back = "/me"
	page := connectPage{Page: p, Public: h.PublicURL, Closed: h.PublicURL == "" && loopback(h.Addr), Data: h.Data, Port: "8080"}
	if _, port, err := net.SplitHostPort(h.Addr); err == nil && port != "0" {
		page.Port = port
	}
	urls, err := h.urls()
	if err != nil {
		return err
	}
	for _, u := range urls {
		w := way{Href: u}
		if w.Code, err = ui.NewQRCode(u); err != nil {
			return err
		}
		page.Ways = append(page.Ways, w)
		page.Secure = page.Secure || strings.HasPrefix(u, "https://")
	}
	return c.Render(Connect(page))
}

// urls are the addresses under which phones reach this machine: the one that was set, else those of its own network.
func (h *Moving) urls() ([]string, error) {
	if h.PublicURL != "" {
		return []string{strings.TrimSuffix(h.PublicURL, "/")}, nil
	}
	if loopback(h.Addr) {
		return nil, nil
	}
	scheme := "http"
	if h.TLS {
		scheme = "https"
	}
	host, port, err := net.SplitHostPort(h.Addr)
	if err != nil {
		return nil, nil // the server would not have started; there is nothing to show
	}
	if ip := net.ParseIP(host); host != "" && (ip == nil || !ip.IsUnspecified()) {
		return []string{scheme + "://" + h.Addr}, nil
	}
	hosts, err := h.lan()
	for i, host := range hosts {
		hosts[i] = scheme + "://" + net.JoinHostPort(host, port)
	}
	return hosts, err
}

func loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	ip := net.ParseIP(host)
	return err == nil && (host == "localhost" || ip != nil && ip.IsLoopback())
}

// base is the address that a link for a phone begins with, and whether a phone can reach it.
func (h *Moving) base(c *web.Ctx) (string, bool) {
	if urls, err := h.urls(); err == nil && len(urls) > 0 {
		return urls[0], true
	}
	scheme := "http"
	if c.R.TLS != nil {
		scheme = "https"
	}
	host, _, _ := strings.Cut(c.R.Host, ":")
	return scheme + "://" + c.R.Host, host != "localhost" && host != "127.0.0.1" && !strings.HasPrefix(c.R.Host, "[")
}

// lanAddresses are the private IPv4 addresses of this machine, those of home and office networks first.
func lanAddresses() ([]string, error) {
	list, err := net.Interfaces()
	if err != nil {
		return nil, fmt.Errorf("network: %w", err)
	}
	var out []string
	for _, i := range list {
		if i.Flags&net.FlagUp == 0 || i.Flags&net.FlagLoopback != 0 {
			continue
		}
		addrs, err := i.Addrs()
		if err != nil {
			continue // an interface that goes away while it is read
		}
		for _, a := range addrs {
			if n, ok := a.(*net.IPNet); ok && n.IP.To4() != nil && n.IP.IsPrivate() {
				out = append(out, n.IP.String())
			}
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return rank(a) - rank(b) })
	return out, nil
}

// rank puts the addresses of routers before those of virtual machines.
func rank(ip string) int {
	for i, p := range []string{"192.168.", "10.", "172."} {
		if strings.HasPrefix(ip, p) {
			return i
		}
	}
	return 3
}
