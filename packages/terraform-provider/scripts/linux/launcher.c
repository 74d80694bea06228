/*
 * Starts the provider on any Linux. The provider needs glibc, which Alpine and distroless images do not have, so the archive
 * carries it: on such a system this program starts the loader beside it, which then loads the provider with the libraries
 * beside it. Where the system has glibc, the provider is started directly.
 *
 * One static program without any library. It replaces itself (execve), so that process id, signals and exit code are those
 * of the provider.
 */

#define FOLDER "/glibc/"
#define PROGRAM "provider"
#define LOADER "ld.so"

#if defined(__x86_64__)
#define SYSTEM_LOADER "/lib64/ld-linux-x86-64.so.2"
#define MUSL_LOADER "/lib/ld-musl-x86_64.so.1"
enum { WRITE = 1, EXECVE = 59, EXIT = 60 };
static long call(long number, long a, long b, long c, long d) {
  long result;
  register long r10 __asm__("r10") = d;
  __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10) : "rcx", "r11", "memory");
  return result;
}
enum { OPENAT = 257, READLINKAT = 267, FACCESSAT = 269 };
__asm__(".globl _start\n_start:\n  mov %rsp, %rdi\n  and $-16, %rsp\n  call start\n");
#elif defined(__aarch64__)
#define SYSTEM_LOADER "/lib/ld-linux-aarch64.so.1"
#define MUSL_LOADER "/lib/ld-musl-aarch64.so.1"
enum { WRITE = 64, EXECVE = 221, EXIT = 93, OPENAT = 56, READLINKAT = 78, FACCESSAT = 48 };
static long call(long number, long a, long b, long c, long d) {
  register long x8 __asm__("x8") = number;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  register long x3 __asm__("x3") = d;
  __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3) : "memory");
  return x0;
}
__asm__(".globl _start\n_start:\n  mov x0, sp\n  bl start\n");
#else
#error "no system calls for this processor"
#endif

enum { AT_FDCWD = -100, O_PATH = 010000000, R_OK = 4, LONGEST_PATH = 4096, MOST_ARGUMENTS = 256 };

static char folder[LONGEST_PATH], program[LONGEST_PATH], loader[LONGEST_PATH], opened[32];
static char *arguments[MOST_ARGUMENTS + 8];

static long length(const char *text) {
  long count = 0;
  while (text[count]) count++;
  return count;
}

static void say(const char *text) { call(WRITE, 2, (long)text, length(text), 0); }

__attribute__((noreturn)) static void fail(const char *what, const char *which) {
  say("[ERROR] ");
  say(what);
  say(which);
  say("\n");
  for (;;) call(EXIT, 127, 0, 0, 0);
}

static int exists(const char *path) { return call(FACCESSAT, AT_FDCWD, (long)path, R_OK, 0) == 0; }

static void join(char *to, const char *name) {
  long at = length(folder);
  for (long i = 0; i < at; i++) to[i] = folder[i];
  for (long i = 0; i <= length(name); i++) to[at + i] = name[i];
}

/* The folder of this program. Without /proc the provider could not find itself either. */
static void find_folder(void) {
  long end = call(READLINKAT, AT_FDCWD, (long)"/proc/self/exe", (long)folder, LONGEST_PATH - 64);
  if (end <= 0) fail("the provider needs /proc, which is not mounted here", "");
  if (end >= LONGEST_PATH - 64) fail("the path of the provider is too long", "");
  while (end > 0 && folder[end - 1] != '/') end--;
  const char *below = FOLDER;
  for (long i = 0; i <= length(below); i++) folder[end - 1 + i] = below[i];
}

/*
 * The folder as the loader takes it. It splits a list of folders at colons and semicolons and replaces what begins with a dollar
 * sign, so a folder with such a name is opened and named by its number.
 */
static const char *library_path(void) {
  int plain = 1;
  for (const char *c = folder; *c; c++) plain = plain && *c != ':' && *c != ';' && *c != '$';
  long number = plain ? -1 : call(OPENAT, AT_FDCWD, (long)folder, O_PATH, 0);
  if (number < 0) return folder;
  const char *fds = "/proc/self/fd/";
  char *end = opened;
  while (*fds) *end++ = *fds++;
  for (long unit = 1000000; unit > 0; unit /= 10)
    if (number >= unit || unit == 1) *end++ = (char)('0' + number / unit % 10);
  *end = 0;
  return opened;
}

__attribute__((noreturn, used)) void start(long *stack) {
  long count = stack[0];
  char **given = (char **)(stack + 1);
  char **environment = given + count + 1;
  if (count > MOST_ARGUMENTS) fail("too many arguments", "");

  find_folder();
  join(program, PROGRAM);
  /* Beside musl, and on NixOS, what has the name of glibc's loader is a substitute that does not run the provider. */
  if (exists(SYSTEM_LOADER) && !exists(MUSL_LOADER) && !exists("/etc/NIXOS"))
    call(EXECVE, (long)program, (long)given, (long)environment, 0);
  join(loader, LOADER);
  char **next = arguments;
  *next++ = count > 0 ? given[0] : program;
  *next++ = "--library-path";
  *next++ = (char *)library_path();
  *next++ = "--argv0";
  *next++ = count > 0 ? given[0] : program;
  *next++ = program;
  for (long i = 1; i < count; i++) *next++ = given[i];
  *next = 0;
  call(EXECVE, (long)loader, (long)arguments, (long)environment, 0);
  fail("cannot start the provider; the archive must be unpacked as a whole. Missing: ", loader);
}
