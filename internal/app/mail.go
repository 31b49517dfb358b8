package app

import (
	"context"
	"net/http"
	"time"

	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/i18n"
	"xiaojia/internal/platform/ics"
	"xiaojia/internal/platform/jobs"
	"xiaojia/internal/platform/notify"
	"xiaojia/internal/platform/smtp"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/account"
	"xiaojia/internal/register/account/accountweb"
)

// channel is the mail server of the settings; none where none is set.
func (a *App) channel() (notify.Channel, error) {
	if a.Config.SMTP == "" {
		return nil, nil
	}
	return smtp.New(a.Config.SMTP, a.Config.SMTPFrom)
}

// mailJobs sends what people wished for, where there is a mail server.
func (a *App) mailJobs() []jobs.Job {
	if a.post == nil {
		return nil
	}
	m := account.NewMailer(account.MailerParts{DB: a.DB, Accounts: a.Accounts, Channel: a.post, Log: a.Log, Printer: a.Book.Printer, Days: a.daysOf,
		Write: func(ctx context.Context, l account.Letter) (notify.Message, error) {
			return accountweb.Letter(ctx, a.Book.Printer(i18n.Lang(l.Wish.Lang)), a.URL(a.Config.Addr), a.DB.Clock.Now().Date(), l)
		}})
	return []jobs.Job{{Name: "mail", Every: 10 * time.Second, Run: m.Run}}
}

// daysOf is what waits for somebody by its day, outside of a request.
func (a *App) daysOf(ctx context.Context, by authz.Actor, l i18n.Lang) ([]ics.Event, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "/", http.NoBody)
	if err != nil {
		return nil, err
	}
	return a.days.all(&web.Ctx{R: r, Actor: by, P: a.Book.Printer(l), Now: a.DB.Clock.Now()})
}
