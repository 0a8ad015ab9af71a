# 远程的台面：给 sshd 的设置，以及一条线路进来时说的话。
cli-ssh-setup = 写出给 sshd 的设置和钥匙行，不改动任何东西
cli-ssh-session = 由 sshd 启动：只开台面
cli-arg-account = 只用来开台面的系统账号
cli-arg-program = lianban 程序的全路径
cli-arg-keys = 钥匙文件的全路径
cli-arg-owners = 谁的钥匙：操作员=公钥文件；几个人共用的地方写 @地方=公钥文件

ssh-intro = 联办远程台面的设置。这里只是写出来，什么也没有改。
    照下面四步做。每一步都由主机的系统管理员做。
ssh-account = 第一步 一个只放办公室文件的账号，没有密码，别人读不了它的文件夹：
        useradd --system --home-dir { $directory } --shell /bin/sh { $account }
        usermod --password '*' { $account }
        install -d -m 0700 -o { $account } -g { $account } { $directory }
    办公室的文件是 { $file }，由这个账号持有，权限 0600。
ssh-sshd = 第二步 把下面这段放进 /etc/ssh/sshd_config.d/lianban.conf：
ssh-keys = 第三步 把下面的钥匙行放进 { $keys }，归 root 所有，权限 0644（文件夹 { $keysDirectory }）：
    行末是钥匙的主人。换人、离职就删这一行。
ssh-no-keys = 还没有钥匙。加 --key 操作员=公钥文件，一人一行。
ssh-then = 第四步 先检查再重新载入：
        sshd -t && systemctl reload ssh
    从工作站连进来：
        ssh { $account }@主机
        ssh -t { $account }@主机 lines
ssh-no-pair = { $text } 不是 操作员=公钥文件
    .hint = 例如 --key 沈示安=/home/an/.ssh/id_ed25519.pub
ssh-key-file = 公钥文件 { $path } 读不了：{ $detail }
ssh-no-file = 没有写明办公室的文件
    .hint = 在 ForceCommand 里写 --file
ssh-no-command = 这条线路只开台面，不收命令
    .hint = 不带命令连进来；要行模式就写 ssh -t … lines
ssh-no-terminal = 这条线路没有终端，开不了台面
    .hint = 用 ssh -t
ssh-no-owner = 这把钥匙不是任何人的
    .hint = 请系统管理员在钥匙行末写上操作员的姓名
refusal-ssh-account = { $text } 不能当账号名
    .hint = 小写字母、数字、- 和 _，最多 32 个
refusal-ssh-path = { $text } 不能写进设置
    .hint = 要从 / 起的全路径，只用字母、数字和 . _ - +
refusal-ssh-key = { $owner } 的文件不是一把公钥
    .hint = 要一行，以 ssh-ed25519 等开头，一般是 id_ed25519.pub
refusal-ssh-private-key = { $owner } 的文件是私钥，不能给人
    .hint = 用同名的 .pub 文件
refusal-ssh-owner = 钥匙的主人没有写明
    .hint = 写 操作员=公钥文件
topic-remote = 远程、签到和备份
