/** The two databases the store runs on. SQLite is embedded; PostgreSQL serves more than one machine. */
export type Engine = 'sqlite' | 'postgres'
