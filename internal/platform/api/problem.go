package api

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/i18n"
	"xiaojia/internal/platform/web"
)

// problem is an error as RFC 9457 tells it; a wrong field is named by its place in the body. What is not for people stays in the log.
func (a *API) problem(p *i18n.Printer, err error, op Op) error {
	m := a.model(p, err)
	if m.Status >= http.StatusInternalServerError && kernel.KindOf(err) == kernel.Internal {
		a.cfg.Log.Error("api", "op", op.Method+" "+op.Path, "err", err)
	}
	return m
}

func (a *API) model(p *i18n.Printer, err error) *huma.ErrorModel {
	err = kernel.Room(err)
	status := web.Status(err)
	if errors.Is(err, errNoKey) {
		status = http.StatusUnauthorized
	}
	m := &huma.ErrorModel{Status: status, Title: http.StatusText(status), Detail: p.T("出错了，不是你的问题。已经记下来，请稍后再试。")}
	var wrong kernel.Problems
	var e *kernel.Error
	switch {
	case errors.As(err, &wrong):
		m.Detail = p.Err(wrong[0])
		for _, w := range wrong {
			m.Errors = append(m.Errors, detail(p, w))
		}
	case errors.As(err, &e):
		m.Detail = p.Err(e)
		if e.Field != "" {
			m.Errors = []*huma.ErrorDetail{detail(p, e)}
		}
	}
	return m
}

func detail(p *i18n.Printer, e *kernel.Error) *huma.ErrorDetail {
	return &huma.ErrorDetail{Message: p.Err(e), Location: "body." + e.Field}
}

const problemType = "application/problem+json"

// write answers before an operation has begun.
func (a *API) write(hc huma.Context, p *i18n.Printer, err error) {
	m := a.model(p, err)
	if m.Status == http.StatusInternalServerError {
		a.cfg.Log.Error("api", "err", err)
	}
	if m.Status == http.StatusUnauthorized {
		hc.SetHeader("WWW-Authenticate", "Bearer")
	}
	hc.SetHeader("Content-Type", problemType)
	hc.SetStatus(m.Status)
	if err := json.NewEncoder(hc.BodyWriter()).Encode(m); err != nil {
		a.cfg.Log.Debug("api answer", "err", err)
	}
}

func (a *API) refuse(w http.ResponseWriter, p *i18n.Printer, err error) {
	m := a.model(p, err)
	w.Header().Set("Content-Type", problemType)
	w.WriteHeader(m.Status)
	if err := json.NewEncoder(w).Encode(m); err != nil {
		a.cfg.Log.Debug("api answer", "err", err)
	}
}
