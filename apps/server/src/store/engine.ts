/** The databases the store supports. SQLite is embedded; PostgreSQL serves several machines. */
export type Engine = 'sqlite' | 'postgres'
