// Package account lets people in: one account an installation (工号 or phone), memberships in company unions, sessions,
// and one-time links. There is never a default password; a forgotten one means a new link from leader or officer.
package account
