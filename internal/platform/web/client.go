package web

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// Client is who asks: from which address, and whether the way to him is encrypted.
type Client struct {
	Addr   string
	Secure bool
}

// client believes what a proxy says of its own client only where the proxy's address is one of those that were named at the
// start; anybody can write such a header.
func (cfg Config) client(r *http.Request) Client {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	c := Client{Addr: host, Secure: r.TLS != nil}
	if !cfg.proxied(host) {
		return c
	}
	c.Secure = strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https")
	// The nearest proxy adds the last entry; from the right, the first that is no proxy of ours is the client.
	list := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(list) - 1; i >= 0; i-- {
		a, err := netip.ParseAddr(strings.TrimSpace(list[i]))
		if err != nil {
			break
		}
		c.Addr = a.Unmap().String()
		if !cfg.proxied(c.Addr) {
			break
		}
	}
	return c
}

func (cfg Config) proxied(host string) bool {
	a, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	for _, p := range cfg.Proxies {
		if p.Contains(a.Unmap()) {
			return true
		}
	}
	return false
}
