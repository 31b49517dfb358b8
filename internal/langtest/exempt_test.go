package langtest

// noSentence are Chinese literals that are no sentences of the interface, each with the reason.
var noSentence = map[string]string{
	"小家":             "the name of the program as an actor in the history; as a word of the pages it is translated in platform/ui",
	" OR sex = '女')": "a condition of a query",
	"月":              "the month's number on the ring, in Chinese only; English months have names",
	"或":              "joins the Chinese half of a name that stands in both languages",
	"实测 ":            "what the inspectors found is data in their language",
	"，要求 ":           "what the inspectors found is data in their language",
	"（待核实）":          "what the inspectors found is data in their language",
	"有效期到 ":          "what the inspectors found is data in their language",
	"%s〔%d〕%d 号":     "the number of an official paper, the same in every language",
	"安监":             "the usual head of such a number",
	"安环":             "the usual head of such a number",
	"电脑":             "what a device is called is kept with the session as data",
	"Linux 电脑":       "what a device is called is kept with the session as data",
	"Windows 电脑":     "what a device is called is kept with the session as data",
	"华为手机":           "what a device is called is kept with the session as data",
	"安卓手机":           "what a device is called is kept with the session as data",
	"平板":             "what a device is called is kept with the session as data",
	"苹果手机":           "what a device is called is kept with the session as data",
	"苹果电脑":           "what a device is called is kept with the session as data",
	"微信":             "what a device is called is kept with the session as data",
	"钉钉":             "what a device is called is kept with the session as data",
}
