package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/config"
	"xiaojia/internal/register/account"
)

// token makes an API key for somebody who has an account and prints it alone on stdout.
func token(ctx context.Context, args []string, out, say io.Writer) error {
	var cfg config.Config
	f := config.NewSet("user token", say)
	f.Common(&cfg)
	login := f.String("user", "", "staff number, phone, or login of the demo's cast")
	name := f.String("name", "command line", "what the key is for")
	scopes := f.String("scopes", "", "what it opens, comma between (default: all)")
	days := f.Int("days", 90, "how long it lasts")
	if err := f.Parse(args); err != nil {
		return err
	}
	if *login == "" {
		return fmt.Errorf("%w: --user is needed", config.ErrUsage)
	}
	wish := account.TokenWish{Name: *name, Scopes: account.TokenScopes(), Days: *days}
	if *scopes != "" {
		wish.Scopes = nil
		for s := range strings.SplitSeq(*scopes, ",") {
			wish.Scopes = append(wish.Scopes, account.TokenScope(strings.TrimSpace(s)))
		}
	}
	a, err := existing(ctx, cfg, say)
	if err != nil {
		return err
	}
	key, err := a.Accounts.TokenFor(ctx, *login, wish)
	switch kernel.KindOf(err) {
	case kernel.NotFound:
		err = fmt.Errorf("%w: nobody signs in as %q", config.ErrUsage, *login)
	case kernel.Invalid:
		err = fmt.Errorf("%w: %w", config.ErrUsage, err)
	}
	if err == nil {
		_, err = fmt.Fprintln(out, key)
	}
	return errors.Join(err, a.Close())
}
