// Package smtp sends notices by mail. It never writes an address, a password or what a server says of either into an error.
package smtp

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/url"
	"strconv"
	"time"

	"github.com/wneessen/go-mail"

	"xiaojia/internal/platform/config"
	"xiaojia/internal/platform/notify"
)

// within is how long a server may take for each step; jobs behind this one wait as long.
const within = 10 * time.Second

// Channel is a mail server that takes our messages.
type Channel struct {
	host     string
	from     string
	options  []mail.Option
	fromName string
}

var _ notify.Channel = (*Channel)(nil)

// New reads an address such as smtp://user:pass@mail.example:587 (STARTTLS is a must), smtps://… (TLS from the start), or
// smtp://127.0.0.1:25?tls=off for a server on the same machine or a network that is trusted; a password is never sent in the
// clear. From is the sender's address.
func New(address, from string) (*Channel, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" {
		return nil, fmt.Errorf("%w: --smtp is an address like smtp://user:pass@host:587", config.ErrUsage)
	}
	sender, err := netmail.ParseAddress(from)
	if err != nil {
		return nil, fmt.Errorf("%w: --smtp-from is a mail address", config.ErrUsage)
	}
	c := &Channel{host: u.Hostname(), from: sender.Address, fromName: sender.Name}
	if c.fromName == "" {
		c.fromName = "小家"
	}
	port := map[string]int{"smtp": 587, "smtps": 465}[u.Scheme]
	if u.Port() != "" {
		if port, err = strconv.Atoi(u.Port()); err != nil {
			return nil, fmt.Errorf("%w: --smtp has no such port", config.ErrUsage)
		}
	}
	plain := u.Query().Get("tls") == "off"
	c.options = []mail.Option{mail.WithPort(port), mail.WithTimeout(within), mail.WithTLSConfig(&tls.Config{ServerName: c.host, MinVersion: tls.VersionTLS12})}
	switch {
	case u.Scheme == "smtps":
		c.options = append(c.options, mail.WithSSL())
	case plain:
		c.options = append(c.options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		c.options = append(c.options, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if u.User != nil {
		if plain {
			return nil, fmt.Errorf("%w: --smtp sends no password without TLS", config.ErrUsage)
		}
		password, _ := u.User.Password()
		c.options = append(c.options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(u.User.Username()), mail.WithPassword(password))
	}
	return c, nil
}

// Open reaches the server and signs in.
func (c *Channel) Open(ctx context.Context) (notify.Line, error) {
	client, err := mail.NewClient(c.host, c.options...)
	if err != nil {
		return nil, errors.New("smtp: the settings do not fit together")
	}
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	if err := client.DialWithContext(ctx); err != nil {
		return nil, unreachable(err)
	}
	return &line{c, client}, nil
}

// unreachable keeps the kind of trouble and drops the words, which may hold what was sent.
func unreachable(err error) error {
	var dns *net.DNSError
	var op *net.OpError
	var cert *tls.CertificateVerificationError
	switch {
	case errors.As(err, &dns):
		return errors.New("smtp: the server's name is not known")
	case errors.As(err, &cert):
		return errors.New("smtp: the server's certificate is not valid")
	case errors.As(err, &op):
		return fmt.Errorf("smtp: no connection (%s)", op.Op)
	case errors.Is(err, context.DeadlineExceeded):
		return errors.New("smtp: the server is too slow")
	}
	return errors.New("smtp: the server refused the connection or the password")
}

type line struct {
	*Channel
	client *mail.Client
}

func (l *line) Send(_ context.Context, m notify.Message) error {
	msg, err := l.message(m)
	if err != nil {
		return errors.Join(notify.ErrRefused, errors.New("smtp: no mail can be made of it"))
	}
	err = l.client.Send(msg)
	if err == nil {
		return nil
	}
	var s *mail.SendError
	if errors.As(err, &s) && s.ErrorCode() >= 500 && !s.IsTemp() {
		return errors.Join(notify.ErrRefused, fmt.Errorf("smtp: answered %d", s.ErrorCode()))
	}
	if s != nil {
		return fmt.Errorf("smtp: answered %d", s.ErrorCode())
	}
	return errors.New("smtp: the connection broke")
}

func (l *line) Close() error { return l.client.Close() }

func (l *line) message(m notify.Message) (*mail.Msg, error) {
	msg := mail.NewMsg()
	if err := errors.Join(msg.FromFormat(l.fromName, l.from), msg.To(m.To)); err != nil {
		return nil, err
	}
	msg.Subject(m.Subject)
	_, domain, _ := cutLast(l.from)
	msg.SetMessageIDWithValue(m.ID + "@" + domain)
	msg.SetDate()
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	if m.Stop != "" {
		msg.SetGenHeaderPreformatted("List-Unsubscribe", "<"+m.Stop+">")
		msg.SetGenHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
	}
	msg.SetBodyString(mail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		msg.AddAlternativeString(mail.TypeTextHTML, m.HTML)
	}
	return msg, nil
}

func cutLast(address string) (name, domain string, ok bool) {
	for i := len(address) - 1; i >= 0; i-- {
		if address[i] == '@' {
			return address[:i], address[i+1:], true
		}
	}
	return address, "localhost", false
}
