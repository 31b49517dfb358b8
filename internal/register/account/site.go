package account

import (
	"fmt"
	"net/netip"
	"net/url"
	"strings"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"xiaojia/internal/kernel"
)

// Site is the address that browsers bind passkeys to: a host name, and the origin with scheme and port.
type Site struct{ Host, Origin string }

// SiteOf is the site of a request: that of the public address where one is set, else the one that was asked. Passkeys need
// https or localhost, and a name instead of an IP address; where one lacks, the error is the sentence for the page.
func SiteOf(public, host string, secure bool) (Site, error) {
	origin := "http://" + host
	if secure {
		origin = "https://" + host
	}
	u, err := url.Parse(origin)
	if err != nil || u.Hostname() == "" {
		return Site{}, kernel.Err(kernel.Invalid, "这个地址用不了通行密钥，请用密码。")
	}
	name := strings.ToLower(u.Hostname())
	local := name == "localhost" || strings.HasSuffix(name, ".localhost")
	switch p, err := url.Parse(public); {
	case err == nil && p.Host != "" && !local && !strings.EqualFold(p.Host, u.Host):
		return Site{}, kernel.Err(kernel.Invalid, "通行密钥只在 %s 能用，请用密码。", p.Host)
	case isIP(name):
		return Site{}, kernel.Err(kernel.Invalid, "通行密钥要网址有名字，用数字地址打开的不行，请用密码。")
	case u.Scheme != "https" && !local:
		return Site{}, kernel.Err(kernel.Invalid, "通行密钥要加密的网址（https），这里是普通的 http，请用密码。")
	case !local && !strings.Contains(name, "."):
		return Site{}, kernel.Err(kernel.Invalid, "这个地址用不了通行密钥，请用密码。")
	}
	return Site{Host: name, Origin: origin}, nil
}

func isIP(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil
}

// party is the site as the library wants it: keys that the device finds by itself, and that ask who holds it.
func (s Site) party() (*webauthn.WebAuthn, error) {
	within := webauthn.TimeoutConfig{Timeout: challengeFor, TimeoutUVD: challengeFor}
	w, err := webauthn.New(&webauthn.Config{RPID: s.Host, RPDisplayName: "小家", RPOrigins: []string{s.Origin},
		AuthenticatorSelection: protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired},
		AttestationPreference:  protocol.PreferNoAttestation, Timeouts: webauthn.TimeoutsConfig{Login: within, Registration: within}})
	if err != nil {
		return nil, fmt.Errorf("passkeys at %s: %w", s.Host, err)
	}
	return w, nil
}
