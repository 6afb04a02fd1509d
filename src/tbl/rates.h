/* How often something may be asked: R(name, at once, seconds until one more, what it bounds). */
R(SIGNIN, 30, 6,  "signing in, second factors and first runs, by address")
R(WRITE,  60, 1,  "forms, by session")
R(EXPORT, 10, 10, "reports and registers taken out, by session")
