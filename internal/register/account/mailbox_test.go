package account_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	"net"
	"net/mail"
	"regexp"
	"strings"
	"sync"
	"testing"

	gosmtp "github.com/emersion/go-smtp"

	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/i18n"
	"xiaojia/internal/platform/ics"
	"xiaojia/internal/platform/notify"
	"xiaojia/internal/platform/smtp"
	"xiaojia/internal/register/account"
	"xiaojia/internal/register/account/accountweb"
)

// letter is a mail as it arrived.
type letter struct{ To, ID, Subject, Text, HTML, Stop string }

// mailbox is a mail server of the test's own.
type mailbox struct {
	t      *testing.T
	addr   string
	srv    *gosmtp.Server
	mu     sync.Mutex
	got    []letter
	refuse int // answers each recipient with this code
}

func newMailbox(t *testing.T) *mailbox {
	b := &mailbox{t: t, addr: "127.0.0.1:0"}
	b.up()
	t.Cleanup(b.down)
	return b
}

// up listens, at the same address as before.
func (b *mailbox) up() {
	b.t.Helper()
	l, err := net.Listen("tcp", b.addr)
	if err != nil {
		b.t.Fatal(err)
	}
	b.addr = l.Addr().String()
	b.srv = gosmtp.NewServer(b)
	b.srv.Domain, b.srv.ErrorLog = "mail.test", quietLog{}
	srv := b.srv
	go func() { _ = srv.Serve(l) }() // ends by down
}

func (b *mailbox) down() { _ = b.srv.Close() } // closing twice is an error that says nothing

type quietLog struct{}

func (quietLog) Printf(string, ...any) {}
func (quietLog) Println(...any)        {}

func (b *mailbox) NewSession(*gosmtp.Conn) (gosmtp.Session, error) { return &visit{box: b}, nil }

type visit struct {
	box *mailbox
	to  string
}

func (v *visit) Reset()                                 {}
func (v *visit) Logout() error                          { return nil }
func (v *visit) Mail(string, *gosmtp.MailOptions) error { return nil }

func (v *visit) Rcpt(to string, _ *gosmtp.RcptOptions) error {
	v.box.mu.Lock()
	defer v.box.mu.Unlock()
	if v.box.refuse != 0 {
		return &gosmtp.SMTPError{Code: v.box.refuse, EnhancedCode: gosmtp.EnhancedCode{v.box.refuse / 100, 0, 0}, Message: "not " + to}
	}
	v.to = to
	return nil
}

func (v *visit) Data(r io.Reader) error {
	m, err := mail.ReadMessage(r)
	if err != nil {
		return err
	}
	l := letter{To: v.to, ID: m.Header.Get("Message-Id"), Stop: m.Header.Get("List-Unsubscribe")}
	if l.Subject, err = new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")); err != nil {
		return err
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		return err
	}
	for parts := multipart.NewReader(m.Body, params["boundary"]); ; {
		p, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		text, err := io.ReadAll(p)
		if err != nil {
			return err
		}
		if strings.HasPrefix(p.Header.Get("Content-Type"), "text/html") {
			l.HTML = string(text)
		} else {
			l.Text = strings.ReplaceAll(string(text), "\r\n", "\n")
		}
	}
	v.box.mu.Lock()
	defer v.box.mu.Unlock()
	v.box.got = append(v.box.got, l)
	return nil
}

// take is what has arrived since the last time.
func (b *mailbox) take() []letter {
	b.mu.Lock()
	defer b.mu.Unlock()
	got := b.got
	b.got = nil
	return got
}

func (b *mailbox) answer(code int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.refuse = code
}

// post is a mailer with what waits for whom by its day.
type post struct {
	*account.Mailer
	box  *mailbox
	days map[string][]ics.Event
}

func (h *house) post(t *testing.T, wrap func(notify.Channel) notify.Channel, box *mailbox, days map[string][]ics.Event) *post {
	t.Helper()
	channel, err := smtp.New("smtp://"+box.addr+"?tls=off", "小家 <xiaojia@home.example>")
	if err != nil {
		t.Fatal(err)
	}
	var c notify.Channel = channel
	if wrap != nil {
		c = wrap(c)
	}
	book, err := i18n.Read(account.English, accountweb.English)
	if err != nil {
		t.Fatal(err)
	}
	p := &post{box: box, days: days}
	p.Mailer = account.NewMailer(account.MailerParts{DB: h.d, Accounts: h.Service, Channel: c, Log: slog.New(slog.DiscardHandler), Printer: book.Printer,
		Days: func(_ context.Context, by authz.Actor, _ i18n.Lang) ([]ics.Event, error) {
			return p.days[by.Person], nil
		},
		Write: func(ctx context.Context, l account.Letter) (notify.Message, error) {
			return accountweb.Letter(ctx, book.Printer(i18n.Lang(l.Wish.Lang)), "https://home.example", h.clock.Now().Date(), l)
		}})
	return p
}

var confirmLink = regexp.MustCompile(`https://home\.example/mail/confirm/(\S+)`)

// wished lets somebody wish for all mail at eight, confirmed.
func (h *house) wished(t *testing.T, p *post, by authz.Actor, address string) {
	t.Helper()
	if err := h.WishFor(t.Context(), by, account.Wish{Address: address, Kinds: account.MailKinds(), Hour: 8, Lang: "zh"}); err != nil {
		t.Fatal(err)
	}
	p.run(t)
	got := p.box.take()
	if len(got) != 1 || got[0].To != address {
		t.Fatalf("%d mails, want one that asks %s", len(got), address)
	}
	if err := h.ConfirmAddress(t.Context(), confirmLink.FindStringSubmatch(got[0].Text)[1]); err != nil {
		t.Fatal(err)
	}
}

func (p *post) run(t *testing.T) {
	t.Helper()
	if err := p.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// at sets the clock to a time of a day.
func (h *house) at(d string, hour, minute int) { h.clock.Set(day(d).At(hour, minute)) }

func due(uid, d string, late bool) ics.Event {
	return ics.Event{UID: uid, From: day(d), To: day(d), Title: "到期：食堂每周巡视 " + uid, Href: "/rounds/" + uid, Late: late}
}
