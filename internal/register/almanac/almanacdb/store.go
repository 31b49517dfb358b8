// Package almanacdb keeps the arrangements that officers entered; the queries are arrangement.sql.
package almanacdb

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"xiaojia/internal/kernel"
	"xiaojia/internal/kernel/calendar"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/almanac"
	"xiaojia/internal/register/almanac/almanacdb/sqlcgen"
)

// Store fills almanac.Store.
type Store struct{}

// Entered lists the arrangements of a company union by year.
func (Store) Entered(ctx context.Context, q db.DBTX, org string) ([]almanac.Entry, error) {
	rows, err := sqlcgen.New(q).Arrangements(ctx, org)
	if err != nil {
		return nil, fmt.Errorf("arrangements of %s: %w", org, err)
	}
	out := make([]almanac.Entry, len(rows))
	for i, r := range rows {
		off, err := days(r.DaysOff)
		if err != nil {
			return nil, fmt.Errorf("arrangement %s %d: %w", org, r.Year, err)
		}
		work, err := days(r.DaysWorked)
		if err != nil {
			return nil, fmt.Errorf("arrangement %s %d: %w", org, r.Year, err)
		}
		out[i] = almanac.Entry{Arrangement: calendar.Arrangement{Year: r.Year, Off: off, Work: work, Source: r.Source}, Version: r.Version}
	}
	return out, nil
}

// Save adds an arrangement of version 0 and changes any other; Conflict where somebody was faster.
func (Store) Save(tx db.Tx, e almanac.Entry) error {
	g := sqlcgen.New(tx)
	var n int64 = 1
	var err error
	if e.Version == 0 {
		err = g.InsertArrangement(tx.Ctx(), sqlcgen.InsertArrangementParams{Org: tx.Org(), Year: e.Year, Source: e.Source, DaysOff: text(e.Off), DaysWorked: text(e.Work)})
	} else {
		n, err = g.UpdateArrangement(tx.Ctx(), sqlcgen.UpdateArrangementParams{Org: tx.Org(), Year: e.Year, Source: e.Source, DaysOff: text(e.Off), DaysWorked: text(e.Work), Version: e.Version})
	}
	switch {
	case db.IsDuplicate(err) || err == nil && n == 0:
		return errors.Join(kernel.Err(kernel.Conflict, "%d 年的安排刚刚被别人改过，请看一看现在的内容再改。", e.Year), err)
	case err != nil:
		return fmt.Errorf("save arrangement %d: %w", e.Year, err)
	}
	return nil
}

func text(list []kernel.Date) string {
	out := make([]string, len(list))
	for i, d := range list {
		out[i] = d.String()
	}
	return strings.Join(out, " ")
}

func days(s string) ([]kernel.Date, error) {
	var out []kernel.Date
	for _, f := range strings.Fields(s) {
		d, err := kernel.ParseDate(f)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}
