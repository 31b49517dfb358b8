package web_test

import (
	"strings"
	"testing"
	"time"

	"xiaojia/internal/platform/web"
)

func TestMeterTellsRoutesAndNoAddress(t *testing.T) {
	t.Parallel()
	var m web.Meter
	m.Saw("GET", "/people/{id}", 200, time.Second)
	m.Saw("GET", "/people/{id}", 0, time.Second) // written without a status
	m.Saw("GET", "/people/{id}", 404, time.Second/2)
	m.Saw("GET", "/", 200, 0)
	var b strings.Builder
	if err := m.Write(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"xiaojia_requests_total{method=\"GET\",route=\"/\",status=\"200\"} 1\nxiaojia_requests_total{method=\"GET\",route=\"/people/{id}\",status=\"200\"} 2\nxiaojia_requests_total{method=\"GET\",route=\"/people/{id}\",status=\"404\"} 1\n",
		"xiaojia_request_seconds_total{method=\"GET\",route=\"/people/{id}\",status=\"200\"} 2.000000\n",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("got\n%s\nwant in it\n%s", b.String(), want)
		}
	}
	(*web.Meter)(nil).Saw("GET", "/", 200, 0) // counts nothing
}
