package kernel

import "time"

// Time is an instant in microseconds UTC; 0 means "not yet".
type Time int64

// TimeOf converts, dropping what is finer than a microsecond.
func TimeOf(t time.Time) Time { return Time(t.UnixMicro()) }

// In is the instant as Go's time in Shanghai.
func (t Time) In() time.Time { return time.UnixMicro(int64(t)).In(Shanghai) }

// Date is the day in Shanghai.
func (t Time) Date() Date { return dateOf(t.In()) }

func (t Time) IsZero() bool              { return t == 0 }
func (t Time) Add(d time.Duration) Time  { return t + Time(d.Microseconds()) }
func (t Time) Sub(u Time) time.Duration  { return time.Duration(t-u) * time.Microsecond }
func (t Time) Before(u Time) bool        { return t < u }
func (t Time) After(u Time) bool         { return t > u }
func (t Time) Clock() (hour, minute int) { h, m, _ := t.In().Clock(); return h, m }

// Truncate is the instant at which the hour, minute or other span of UTC began in which t lies.
func (t Time) Truncate(d time.Duration) Time { return t - t%Time(d.Microseconds()) }

// Clock tells the time. The program has one; tests and the demo set their own.
type Clock interface{ Now() Time }

// WallClock is the clock of the machine, moved by Offset: a demo folder lives in another year.
type WallClock struct{ Offset time.Duration }

func (c WallClock) Now() Time { return TimeOf(time.Now().Add(c.Offset)) }
