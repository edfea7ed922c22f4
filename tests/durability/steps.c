/* Counts the calls by which one process changes files under certain folders, and ends it, or lets the disk be full, at
   one of them. Loaded before the C library (LD_PRELOAD), so that it sees what the engine and SQLite do as well.

   STEPS_ROOTS  folders, with colons between        STEPS_ROLE  words of the command line of the process that is meant
   STEPS_LOG    where each step is written down     STEPS_GRAVE where what is replaced or removed stays reachable
   STEPS_AT     the step at which to act, from 1    STEPS_HOW   kill, family (the parent as well), torn, full

   A line of the log: number, call, inode of the file, inode of its folder, name, and for a rename those of the other.
   It is written before the call, so the last line is of the step that did not happen. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static int active, full, log_fd = -1;
static long at, step;
static const char *how = "", *roots = "", *grave;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* Begin to count, as the environment has it. */
void steps_begin(void) {
    const char *log = getenv("STEPS_LOG");
    if (!log || !getenv("STEPS_ROOTS")) return;
    roots = getenv("STEPS_ROOTS");
    grave = getenv("STEPS_GRAVE");
    at = getenv("STEPS_AT") ? atol(getenv("STEPS_AT")) : 0;
    how = getenv("STEPS_HOW") ? getenv("STEPS_HOW") : "";
    log_fd = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    active = 1;
}

__attribute__((constructor)) static void begin(void) {
    const char *role = getenv("STEPS_ROLE");
    if (!role) return;
    char line[65536];
    int fd = open("/proc/self/cmdline", O_RDONLY);
    ssize_t n = fd < 0 ? 0 : read(fd, line, sizeof line - 1);
    if (fd >= 0) close(fd);
    if (n <= 0) return;
    for (ssize_t i = 0; i < n; i++) if (!line[i]) line[i] = ' ';
    line[n] = 0;
    if (strstr(line, role)) steps_begin();
}

/* Locks, and what the engine writes for people, hold no data. */
static int inside(const char *path) {
    char one[PATH_MAX];
    size_t size = strlen(path);
    if (size > 5 && (!strcmp(path + size - 5, ".lock") || !strcmp(path + size - 5, "/lock"))) return 0;
    if (size > 4 && (!strcmp(path + size - 4, "/LOG") || !strcmp(path + size - 5, "/LOCK"))) return 0;
    const char *rest = roots;
    while (*rest) {
        size_t n = strcspn(rest, ":");
        memcpy(one, rest, n);
        one[n] = 0;
        if (!strncmp(path, one, n)) return 1;
        rest += n + (rest[n] == ':');
    }
    return 0;
}

static const char *absolute(int dir, const char *path, char *into) {
    char link[64], base[PATH_MAX];
    if (path[0] == '/') return path;
    snprintf(link, sizeof link, dir == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", dir);
    ssize_t n = syscall(SYS_readlinkat, AT_FDCWD, link, base, sizeof base - 1);
    if (n < 0) return path;
    base[n] = 0;
    if (snprintf(into, PATH_MAX, "%s/%s", base, path) >= PATH_MAX) return path;
    return into;
}

static unsigned long inode(const char *path) {
    struct stat found;
    return lstat(path, &found) ? 0 : found.st_ino;
}

static unsigned long folder(const char *path) {
    char copy[PATH_MAX];
    snprintf(copy, sizeof copy, "%s", path);
    return inode(dirname(copy));
}

static const char *last(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void die(void) {
    if (!strcmp(how, "family")) kill(getppid(), SIGKILL);
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

/* Notes a step. 1: let it fail, the disk is full. 2: do half of it and die. */
static int stepped(const char *call, const char *path, const char *other, int needs_room) {
    char text[3 * PATH_MAX];
    pthread_mutex_lock(&lock);
    long n = ++step;
    int size = snprintf(text, sizeof text, "%ld\t%s\t%lu\t%lu\t%s", n, call, inode(path), folder(path), last(path));
    if (other) {
        size += snprintf(text + size, sizeof text - size, "\t%lu\t%lu\t%s", inode(other), folder(other), last(other));
        if (grave && inode(other)) {
            char kept[PATH_MAX];
            snprintf(kept, sizeof kept, "%s/%ld", grave, n);
            syscall(SYS_linkat, AT_FDCWD, other, AT_FDCWD, kept, 0);
        }
    }
    if (grave && !strcmp(call, "unlink")) {
        char kept[PATH_MAX];
        snprintf(kept, sizeof kept, "%s/%ld", grave, n);
        syscall(SYS_linkat, AT_FDCWD, path, AT_FDCWD, kept, 0);
    }
    text[size++] = '\n';
    syscall(SYS_write, log_fd, text, size);
    int answer = 0;
    if (at && n == at) {
        if (!strcmp(how, "full")) full = 1;
        else if (!strcmp(how, "torn") && !strcmp(call, "write")) answer = 2;
        else die();
    }
    if (full && needs_room) answer = 1;
    pthread_mutex_unlock(&lock);
    return answer;
}

static void *known(void **next, const char *name) {
    return *next ? *next : (*next = dlsym(RTLD_NEXT, name));
}
#define NEXT(name) ((__typeof__(next))known((void **)&next, name))
#define AT(dir, path, where) char where##_[PATH_MAX]; const char *where = absolute(dir, path, where##_)
#define FULL_OR_DIE(expression) \
    do { int turn = (expression); if (turn == 1) { errno = ENOSPC; return -1; } if (turn == 2) die(); } while (0)

static const char *behind(int fd, char *into) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = syscall(SYS_readlinkat, AT_FDCWD, link, into, PATH_MAX - 1);
    if (n < 0) return "";
    into[n] = 0;
    return into;
}

static int opening(const char *path, int flags) {
    if (!active || !(flags & (O_CREAT | O_TRUNC)) || !inside(path)) return 0;
    int there = inode(path) != 0;
    if (there && !(flags & O_TRUNC)) return 0;
    return stepped(there ? "truncate" : "create", path, NULL, !there);
}

#define OPEN(name, proto, dir, call)                                                   \
    int name proto {                                                                    \
        static int (*next)();                                                           \
        va_list more;                                                                   \
        va_start(more, flags);                                                          \
        mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(more, mode_t) : 0;       \
        va_end(more);                                                                   \
        AT(dir, path, where);                                                           \
        FULL_OR_DIE(opening(where, flags));                                             \
        return call;                                                                    \
    }
OPEN(open, (const char *path, int flags, ...), AT_FDCWD, NEXT("open")(path, flags, mode))
OPEN(open64, (const char *path, int flags, ...), AT_FDCWD, NEXT("open64")(path, flags, mode))
OPEN(openat, (int dir, const char *path, int flags, ...), dir, NEXT("openat")(dir, path, flags, mode))
OPEN(openat64, (int dir, const char *path, int flags, ...), dir, NEXT("openat64")(dir, path, flags, mode))

#define WRITE(name, type, proto, pass, half)                                            \
    type name proto {                                                                    \
        static ssize_t (*next)();                                                        \
        char into[PATH_MAX];                                                             \
        const char *path = active ? behind(fd, into) : "";                               \
        if (active && inside(path)) {                                                    \
            int turn = stepped("write", path, NULL, 1);                                  \
            if (turn == 1) { errno = ENOSPC; return -1; }                                \
            if (turn == 2) { NEXT(#name) half; die(); }                                  \
        }                                                                                \
        return NEXT(#name) pass;                                                         \
    }
WRITE(write, ssize_t, (int fd, const void *data, size_t n), (fd, data, n), (fd, data, n / 2))
WRITE(pwrite, ssize_t, (int fd, const void *data, size_t n, off_t o), (fd, data, n, o), (fd, data, n / 2, o))
WRITE(pwrite64, ssize_t, (int fd, const void *data, size_t n, off_t o), (fd, data, n, o), (fd, data, n / 2, o))
WRITE(writev, ssize_t, (int fd, const struct iovec *v, int n), (fd, v, n), (fd, v, n / 2))

#define ON_FD(name, proto, pass, call, room)                                            \
    int name proto {                                                                     \
        static int (*next)();                                                            \
        char into[PATH_MAX];                                                             \
        const char *path = active ? behind(fd, into) : "";                               \
        if (active && inside(path)) FULL_OR_DIE(stepped(call, path, NULL, room));         \
        return NEXT(#name) pass;                                                         \
    }
ON_FD(fsync, (int fd), (fd), "sync", 0)
ON_FD(fdatasync, (int fd), (fd), "sync", 0)
ON_FD(ftruncate, (int fd, off_t n), (fd, n), "size", 0)
ON_FD(ftruncate64, (int fd, off_t n), (fd, n), "size", 0)
ON_FD(fallocate, (int fd, int mode, off_t o, off_t n), (fd, mode, o, n), "size", 1)

#define ON_PATH(name, proto, dir, pass, call, room)                                     \
    int name proto {                                                                     \
        static int (*next)();                                                            \
        if (active) {                                                                    \
            AT(dir, path, where);                                                        \
            if (inside(where)) FULL_OR_DIE(stepped(call, where, NULL, room));             \
        }                                                                                \
        return NEXT(#name) pass;                                                         \
    }
ON_PATH(unlink, (const char *path), AT_FDCWD, (path), "unlink", 0)
ON_PATH(unlinkat, (int dir, const char *path, int flags), dir, (dir, path, flags),
        flags & AT_REMOVEDIR ? "rmdir" : "unlink", 0)
ON_PATH(rmdir, (const char *path), AT_FDCWD, (path), "rmdir", 0)

/* RocksDB makes sure of its folders again and again: one that is there already is no step. */
int mkdir(const char *path, mode_t mode) {
    static int (*next)();
    AT(AT_FDCWD, path, where);
    if (active && inside(where) && !inode(where)) FULL_OR_DIE(stepped("mkdir", where, NULL, 1));
    return NEXT("mkdir")(path, mode);
}

#define TWO(name, proto, from_dir, to_dir, pass, call, room)                            \
    int name proto {                                                                     \
        static int (*next)();                                                            \
        if (active) {                                                                    \
            AT(from_dir, from, source);                                                  \
            AT(to_dir, to, target);                                                      \
            if (inside(target)) FULL_OR_DIE(stepped(call, source, target, room));         \
        }                                                                                \
        return NEXT(#name) pass;                                                         \
    }
TWO(rename, (const char *from, const char *to), AT_FDCWD, AT_FDCWD, (from, to), "rename", 0)
TWO(renameat, (int a, const char *from, int b, const char *to), a, b, (a, from, b, to), "rename", 0)
TWO(link, (const char *from, const char *to), AT_FDCWD, AT_FDCWD, (from, to), "link", 1)
TWO(linkat, (int a, const char *from, int b, const char *to, int flags), a, b, (a, from, b, to, flags), "link", 1)
