package notify

// SettleSQL is the statement of Settle, InboxSQL the query of Inbox, for EXPLAIN.
const SettleSQL = settleSQL

var InboxSQL = inbox
