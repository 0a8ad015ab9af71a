# The desk from afar: what sshd is told, and what is said when a line comes in.
cli-ssh-setup = Print what sshd must be told, and the lines for the keys; nothing is changed
cli-ssh-session = Started by sshd: opens the desk and nothing else
cli-arg-account = The account that is for the desk only
cli-arg-program = The program, by its whole path
cli-arg-keys = The keys' file, by its whole path
cli-arg-owners = Whose key: OPERATOR=FILE; for a place that several share, @PLACE=FILE

ssh-intro = The desk over SSH. This is only printed; nothing has been changed.
    Four steps, all of them the host administrator's.
ssh-account = First, an account for the office's file alone: no password, a directory nobody else reads.
        useradd --system --home-dir { $directory } --shell /bin/sh { $account }
        usermod --password '*' { $account }
        install -d -m 0700 -o { $account } -g { $account } { $directory }
    The office's file is { $file }, owned by this account, mode 0600.
ssh-sshd = Second, put this block into /etc/ssh/sshd_config.d/lianban.conf:
ssh-keys = Third, put these lines into { $keys }, owned by root, mode 0644 (directory { $keysDirectory }):
    A line ends with the key's owner. Someone leaves: delete the line.
ssh-no-keys = There is no key yet. Add --key OPERATOR=FILE, one for each person.
ssh-then = Fourth, check and reload:
        sshd -t && systemctl reload ssh
    From a workstation:
        ssh { $account }@HOST
        ssh -t { $account }@HOST lines
ssh-no-pair = { $text } is not OPERATOR=FILE
    .hint = For example --key 沈示安=/home/an/.ssh/id_ed25519.pub
ssh-key-file = The key file { $path } cannot be read: { $detail }
ssh-no-file = The office's file is not named
    .hint = Put --file into ForceCommand
ssh-no-command = This line opens the desk and takes no commands
    .hint = Connect without a command; for the lines face: ssh -t … lines
ssh-no-terminal = This line has no terminal, so the desk cannot be opened
    .hint = Use ssh -t
ssh-no-owner = This key belongs to nobody
    .hint = Ask the administrator to end the key's line with the operator's name
refusal-ssh-account = { $text } cannot be the name of an account
    .hint = Small letters, digits, - and _, at most 32
refusal-ssh-path = { $text } cannot stand in the configuration
    .hint = A whole path from /, of letters, digits and . _ - +
refusal-ssh-key = The file for { $owner } is not a public key
    .hint = One line that begins with ssh-ed25519 or the like, usually id_ed25519.pub
refusal-ssh-private-key = The file for { $owner } is a private key and must not be given away
    .hint = Use the file of the same name with .pub
refusal-ssh-owner = The key has no owner
    .hint = Write OPERATOR=FILE
topic-remote = Afar, signing in, backups
