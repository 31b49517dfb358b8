package web

import (
	"sync"
	"time"
)

// Limiter bounds how many writes one address may send: a bucket that fills again by the second. Nil allows all.
type Limiter struct {
	perSecond float64
	burst     float64
	mu        sync.Mutex
	buckets   map[string]*bucket
	swept     time.Time
}

type bucket struct {
	left float64
	at   time.Time
}

func NewLimiter(perSecond, burst float64) *Limiter {
	return &Limiter{perSecond: perSecond, burst: burst, buckets: map[string]*bucket{}}
}

// Allow takes one from the bucket of an address.
func (l *Limiter) Allow(addr string) bool { return l == nil || l.take(addr, time.Now()) }

func (l *Limiter) take(key string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sweep(now)
	b := l.buckets[key]
	if b == nil {
		b = &bucket{left: l.burst, at: now}
		l.buckets[key] = b
	}
	b.left = min(l.burst, b.left+now.Sub(b.at).Seconds()*l.perSecond)
	b.at = now
	if b.left < 1 {
		return false
	}
	b.left--
	return true
}

// sweep forgets full buckets once a minute, so that memory does not grow with addresses.
func (l *Limiter) sweep(now time.Time) {
	if now.Sub(l.swept) < time.Minute {
		return
	}
	l.swept = now
	for k, b := range l.buckets {
		if now.Sub(b.at).Seconds()*l.perSecond+b.left >= l.burst {
			delete(l.buckets, k)
		}
	}
}
