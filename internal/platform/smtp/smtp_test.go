package smtp

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/big"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	gosmtp "github.com/emersion/go-smtp"
	"github.com/wneessen/go-mail"

	"xiaojia/internal/platform/config"
	"xiaojia/internal/platform/notify"
)

const secret = "hai-tang"

// server is a mail server; heard is what it was told.
type server struct{ heard chan string }

func (s *server) NewSession(*gosmtp.Conn) (gosmtp.Session, error) { return &session{s}, nil }

type session struct{ *server }

func (s *session) Reset()                                 {}
func (s *session) Logout() error                          { return nil }
func (s *session) Mail(string, *gosmtp.MailOptions) error { return nil }
func (s *session) Rcpt(to string, _ *gosmtp.RcptOptions) error {
	switch {
	case strings.HasPrefix(to, "full"):
		return &gosmtp.SMTPError{Code: 452, EnhancedCode: gosmtp.EnhancedCode{4, 2, 2}, Message: to + " is full"}
	case strings.HasPrefix(to, "nobody"):
		return &gosmtp.SMTPError{Code: 550, EnhancedCode: gosmtp.EnhancedCode{5, 1, 1}, Message: to + " is nobody"}
	}
	return nil
}
func (s *session) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	s.heard <- string(b)
	return err
}
func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }
func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "us" || password != secret {
			return errors.New("wrong password " + password)
		}
		return nil
	}), nil
}

// serve starts a server, with a certificate of its own for 127.0.0.1 where it has TLS.
func serve(t *testing.T, withTLS bool) (addr string, s *server, roots *x509.CertPool) {
	t.Helper()
	s = &server{heard: make(chan string, 10)}
	srv := gosmtp.NewServer(s)
	srv.Domain, srv.AllowInsecureAuth = "mail.test", !withTLS
	roots = x509.NewCertPool()
	if withTLS {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		form := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true}
		raw, err := x509.CreateCertificate(rand.Reader, form, form, &key.PublicKey, key)
		if err != nil {
			t.Fatal(err)
		}
		cert, err := x509.ParseCertificate(raw)
		if err != nil {
			t.Fatal(err)
		}
		roots.AddCert(cert)
		srv.TLSConfig = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{raw}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = srv.Serve(l) }()      // ends by Close
	t.Cleanup(func() { _ = srv.Close() }) // the test is over
	return l.Addr().String(), s, roots
}

func channel(t *testing.T, address string, roots *x509.CertPool) *Channel {
	t.Helper()
	c, err := New(address, "小家 <us@home.example>")
	if err != nil {
		t.Fatal(err)
	}
	if roots != nil {
		c.options = append(c.options, mail.WithTLSConfig(&tls.Config{ServerName: c.host, RootCAs: roots, MinVersion: tls.VersionTLS12}))
	}
	return c
}

func TestAMailGoesOutOverTLS(t *testing.T) {
	t.Parallel()
	addr, s, roots := serve(t, true)
	line, err := channel(t, "smtp://us:"+secret+"@"+addr, roots).Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"one", "two"} {
		if err := line.Send(t.Context(), notify.Message{ID: id, To: "you@away.example", Subject: "小家 12月20日：2 条新的", Text: "正文", HTML: "<p>正文</p>", Stop: "https://home.example/mail/stop/ABC"}); err != nil {
			t.Fatal(err)
		}
		got := <-s.heard
		for _, want := range []string{"Message-ID: <" + id + "@home.example>", "To: <you@away.example>", "List-Unsubscribe: <https://home.example/mail/stop/ABC>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
			"Auto-Submitted: auto-generated", "multipart/alternative", "text/plain", "text/html"} {
			if !strings.Contains(got, want) {
				t.Errorf("the mail lacks %q:\n%s", want, got)
			}
		}
	}
	for to, refused := range map[string]bool{"full@away.example": false, "nobody@away.example": true} {
		err := line.Send(t.Context(), notify.Message{ID: "x", To: to, Subject: "x", Text: "x"})
		if err == nil || errors.Is(err, notify.ErrRefused) != refused || strings.Contains(err.Error(), to) {
			t.Errorf("%s: %v", to, err)
		}
	}
	if err := line.Send(t.Context(), notify.Message{ID: "y", To: "you@away.example", Subject: "x", Text: "x"}); err != nil {
		t.Errorf("after a refusal: %v", err)
	}
	if err := line.Close(); err != nil {
		t.Error(err)
	}
}

// Without TLS, with a wrong certificate or a wrong password nothing goes out, and no error tells the password.
func TestNothingGoesOutUnprotected(t *testing.T) {
	t.Parallel()
	safe, _, roots := serve(t, true)
	plain, _, _ := serve(t, false)
	for what, c := range map[string]*Channel{
		"no TLS there":        channel(t, "smtp://us:"+secret+"@"+plain, nil),
		"unknown certificate": channel(t, "smtp://us:"+secret+"@"+safe, nil),
		"wrong password":      channel(t, "smtp://us:"+secret+"x@"+safe, roots),
		"nobody listens":      channel(t, "smtp://us:"+secret+"@127.0.0.1:1", nil),
	} {
		if _, err := c.Open(t.Context()); err == nil || strings.Contains(err.Error(), secret) || strings.Contains(err.Error(), "127.0.0.1") {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestWhatAnAddressMustBe(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		address, from string
		ok            bool
	}{
		{"smtp://us:" + secret + "@mail.example:587", "us@home.example", true},
		{"smtps://us:" + secret + "@mail.example", "小家 <us@home.example>", true},
		{"smtp://127.0.0.1:25?tls=off", "us@home.example", true},
		{"smtp://us:" + secret + "@127.0.0.1:25?tls=off", "us@home.example", false},
		{"http://us:" + secret + "@mail.example", "us@home.example", false},
		{"smtp://us:" + secret + "@mail.example:mail", "us@home.example", false},
		{"us:" + secret + "@mail.example", "us@home.example", false},
		{"smtp://us:" + secret + "@mail.example", "us", false},
		{"smtp://us:%zz" + secret + "@mail.example", "us@home.example", false},
	} {
		_, err := New(c.address, c.from)
		if (err == nil) != c.ok || err != nil && (!errors.Is(err, config.ErrUsage) || strings.Contains(err.Error(), secret)) {
			t.Errorf("%s from %s: %v", c.address, c.from, err)
		}
	}
}
