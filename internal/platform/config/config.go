// Package config reads what a start of the program is told: flags first, then XIAOJIA_* of the environment.
package config

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Config is one start of the program.
type Config struct {
	Data       string // folder of database, pictures and key ring
	Addr       string // HOST:PORT
	Database   string // address of a PostgreSQL; empty for the SQLite file in Data
	PublicURL  string // how phones reach this machine
	TLSCert    string
	TLSKey     string
	ACME       string // host name for which a certificate is fetched; empty for none
	RateLimit  string // on or off
	SMTP       string // address of a mail server with its password: never printed
	SMTPFrom   string // sender of our mails
	Commits    string // shared or alone
	Keep       string // on or off
	Debug      string // HOST:PORT of the profiler; empty for none
	Proxies    string // addresses of reverse proxies whose word about their clients is believed
	BackupDir  string // where nightly backups go; empty: none
	BackupAt   string // 02:30, in Shanghai
	BackupKeep int    // how many are kept
}

// ErrUsage marks a wrong call: exit code 2.
var ErrUsage = errors.New("wrong use")

// Set is a command's flags with their environment.
type Set struct {
	*flag.FlagSet
	getenv func(string) string
}

// NewSet starts the flags of a command; messages go to out.
func NewSet(name string, out io.Writer) *Set {
	f := flag.NewFlagSet("xiaojia "+name, flag.ContinueOnError)
	f.SetOutput(out)
	return &Set{FlagSet: f, getenv: os.Getenv}
}

// Parse reads the arguments, then fills what was not given from the environment.
func (s *Set) Parse(args []string) error {
	if err := s.FlagSet.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err
		}
		return fmt.Errorf("%w: %w", ErrUsage, err)
	}
	if s.NArg() > 0 {
		return fmt.Errorf("%w: unexpected %q", ErrUsage, s.Arg(0))
	}
	given := map[string]bool{}
	s.Visit(func(f *flag.Flag) { given[f.Name] = true })
	var err error
	s.VisitAll(func(f *flag.Flag) {
		v := s.getenv("XIAOJIA_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_")))
		if v != "" && !given[f.Name] {
			if e := f.Value.Set(v); e != nil {
				err = fmt.Errorf("%w: XIAOJIA_%s: %w", ErrUsage, strings.ToUpper(f.Name), e)
			}
		}
	})
	return err
}

// Common adds the flags that name a data folder.
func (s *Set) Common(c *Config) {
	s.StringVar(&c.Data, "data", "data", "folder of database, pictures and key ring")
	s.StringVar(&c.Database, "database", "", "address of a PostgreSQL database (default: SQLite in the data folder)")
}

// Serving adds the flags of a server.
func (s *Set) Serving(c *Config) {
	s.StringVar(&c.Addr, "addr", "127.0.0.1:8080", "address to listen on")
	s.StringVar(&c.PublicURL, "public-url", "", "address under which phones reach this machine, e.g. http://192.168.1.20:8080")
	s.StringVar(&c.TLSCert, "tls-cert", "", "certificate file for https")
	s.StringVar(&c.TLSKey, "tls-key", "", "key file for https")
	s.StringVar(&c.ACME, "acme", "", "host name, reachable from the internet at port 443, for which a certificate is fetched and renewed (Let's Encrypt; agrees to its terms)")
	s.StringVar(&c.RateLimit, "rate-limit", "on", "on or off: limit writes from one address")
	s.StringVar(&c.SMTP, "smtp", "", "mail server for notices, e.g. smtp://user:pass@host:587 (better in XIAOJIA_SMTP: a command line can be read by others)")
	s.StringVar(&c.SMTPFrom, "smtp-from", "", "sender of these mails, e.g. xiaojia@example.org")
	s.StringVar(&c.Keep, "keep", "on", "on or off: pages and rows that were just asked for are kept while nothing is written; off is to measure what that brings")
	s.StringVar(&c.Commits, "commits", "shared", "shared or alone: writers that wait share one commit, or (to measure what that brings) each has its own")
	s.StringVar(&c.Debug, "debug-addr", "", "address of /metrics and Go's profiler, for this machine alone, e.g. 127.0.0.1:6060 (default: none)")
	s.StringVar(&c.BackupDir, "backup-dir", "", "folder of nightly backups, best on another disk (default: no nightly backup)")
	s.StringVar(&c.BackupAt, "backup-at", "02:30", "time of the nightly backup")
	s.IntVar(&c.BackupKeep, "backup-keep", 14, "how many nightly backups are kept")
	s.StringVar(&c.Proxies, "proxy", "", "addresses of reverse proxies in front, e.g. 127.0.0.1,10.0.0.0/24: their X-Forwarded-For and X-Forwarded-Proto are believed")
}

// Check finds what does not fit together.
func (c Config) Check() error {
	if (c.TLSCert == "") != (c.TLSKey == "") {
		return fmt.Errorf("%w: --tls-cert and --tls-key go together", ErrUsage)
	}
	if c.ACME != "" && c.TLSCert != "" {
		return fmt.Errorf("%w: --acme or a certificate by file, not both", ErrUsage)
	}
	if c.PublicURL != "" && !strings.HasPrefix(c.PublicURL, "http://") && !strings.HasPrefix(c.PublicURL, "https://") {
		return fmt.Errorf("%w: --public-url begins with http:// or https://", ErrUsage)
	}
	if _, err := c.ProxyList(); err != nil {
		return err
	}
	if _, err := time.Parse("15:04", c.BackupAt); c.BackupAt != "" && err != nil {
		return fmt.Errorf("%w: --backup-at is a time like 02:30", ErrUsage)
	}
	if c.BackupDir != "" && c.BackupKeep < 1 {
		return fmt.Errorf("%w: --backup-keep is at least 1", ErrUsage)
	}
	if (c.SMTP == "") != (c.SMTPFrom == "") {
		return fmt.Errorf("%w: --smtp and --smtp-from go together", ErrUsage)
	}
	if c.RateLimit != "" && c.RateLimit != "on" && c.RateLimit != "off" {
		return fmt.Errorf("%w: --rate-limit is on or off", ErrUsage)
	}
	if c.Keep != "" && c.Keep != "on" && c.Keep != "off" {
		return fmt.Errorf("%w: --keep is on or off", ErrUsage)
	}
	if c.Commits != "" && c.Commits != "shared" && c.Commits != "alone" {
		return fmt.Errorf("%w: --commits is shared or alone", ErrUsage)
	}
	return nil
}

// ProxyList is the addresses of --proxy.
func (c Config) ProxyList() ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, s := range strings.FieldsFunc(c.Proxies, func(r rune) bool { return r == ',' || r == ' ' }) {
		p, err := netip.ParsePrefix(s)
		if a, e := netip.ParseAddr(s); err != nil && e == nil {
			p, err = netip.PrefixFrom(a, a.BitLen()), nil
		}
		if err != nil {
			return nil, fmt.Errorf("%w: --proxy %q is no address", ErrUsage, s)
		}
		out = append(out, p)
	}
	return out, nil
}

// File is a file in the data folder.
func (c Config) File(name string) string { return filepath.Join(c.Data, name) }
