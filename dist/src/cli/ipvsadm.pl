# ipvsadm: sends its words to the engine, which knows them, and prints what comes back. Perl, since a JVM takes forty times
# as long to start; without modules, since they would take more than all the rest. As io.jlvs.cli.Ipvsadm, which serves
# where there is no perl.
use strict;

my ($AF_UNIX, $SOCK_STREAM) = (1, 1); # of every Linux
my $NO_ENGINE = 2;                    # what ipvsadm exits with when there is no IPVS
my $socket = length($ENV{JLVS_SOCKET} // '') ? $ENV{JLVS_SOCKET} : '/run/jlvs/jlvs.sock';

sub fail { print STDERR "ipvsadm: $_[0]\n"; exit $NO_ENGINE }

sub broken { fail("the JLVS engine at $socket broke off ($_[0]): whether it did what was asked is not known. See its log.") }

sub no_engine {
    my $advice = -e $socket && !-w _
        ? "Become root, or a member of the socket's group."
        : "Start it with 'jlvs run', or set JLVS_SOCKET to its socket.";
    fail("no JLVS engine answers at $socket ($_[0]). $advice");
}

sub encoded {
    my $word = shift;
    $word =~ s/([^A-Za-z0-9._*-])/$1 eq ' ' ? '+' : sprintf '%%%02X', ord $1/ge;
    return "arg=$word";
}

# Returns why not all could be written.
sub write_all {
    my ($to, $bytes) = @_;
    for (my $at = 0; $at < length $bytes;) {
        my $written = syswrite $to, $bytes, length($bytes) - $at, $at;
        return "$!" unless defined $written;
        $at += $written;
    }
    return '';
}

sub read_all {
    my $from = shift;
    my $all = '';
    while (1) {
        my $read = sysread $from, $all, 1 << 16, length $all;
        return ($all, defined $read ? '' : "$!") unless $read;
    }
}

# Until the engine answers, shows from the first second on that it goes on; on a terminal alone.
sub show_waiting {
    my ($from, $what) = @_;
    return unless -t STDERR;
    my ($began, $at, $bits) = (time, 0, '');
    vec($bits, fileno $from, 1) = 1;
    until (select my $ready = $bits, undef, undef, 0.2) {
        my $seconds = time - $began;
        next if $seconds < 1;
        my $bar = '.' x 30;
        substr $bar, $at++ % 28, 3, '###';
        print STDERR "\r$what [$bar] $seconds s\e[K";
    }
    print STDERR "\r\e[K" if $at;
}

# Status, headers by their lower-case name, and body; or why it is none, or not all of it.
sub parsed {
    my $answer = shift;
    my $end = index $answer, "\r\n\r\n";
    return 'only a part of its answer came' if $end < 0;
    my ($first, @lines) = split /\r\n/, substr $answer, 0, $end;
    $first =~ m{^HTTP/1\.\d (\d{3})} or return "no HTTP: $first";
    my $status = $1;
    my %headers;
    for (@lines) {
        /^([^:]*):\s*(.*?)\s*$/ or return "no HTTP header: $_";
        $headers{lc $1} = $2;
    }
    my $body = substr $answer, $end + 4;
    return 'only a part of its answer came' unless ($headers{'content-length'} // '') eq length $body;
    return ('', $status, \%headers, $body);
}

$SIG{PIPE} = 'IGNORE';
my $stdin = @ARGV && ($ARGV[0] =~ /^-R/ || $ARGV[0] eq '--restore') ? (read_all(*STDIN))[0] : '';
my $query = join '&', map { encoded($_) } @ARGV;
my $head = 'POST /ipvsadm' . ($query ? "?$query" : '') . " HTTP/1.0\r\nHost: jlvs\r\nAccept: text/plain\r\nContent-Length: "
    . length($stdin) . "\r\n\r\n";

length $socket < 108 or no_engine('the path is longer than 107 bytes');
socket my $engine, $AF_UNIX, $SOCK_STREAM, 0 or no_engine("$!");
connect $engine, pack 'S a108', $AF_UNIX, $socket or no_engine("$!");

# An engine that takes no more hangs up, and may have said why: what was said whole counts.
my $hung_up = write_all($engine, $head . $stdin);
show_waiting($engine, 'restoring ' . ($stdin =~ tr/\n//) . ' lines') if length $stdin;
my ($answer, $reset) = read_all($engine);
my ($partial, $status, $headers, $body) = parsed($answer);
broken($hung_up || $reset || $partial) if $partial;
if ($status != 200) {
    $body =~ s/^\s+|\s+$//g;
    fail("the JLVS engine at $socket does not take this: " . ($body eq '' ? "HTTP status $status" : $body));
}
my ($exit, $stdout) = @$headers{'x-exit-status', 'x-stdout-length'};
broken('no exit status in its answer') unless "$exit $stdout" =~ /^\d+ \d+$/;
write_all(*STDOUT, substr $body, 0, $stdout);
write_all(*STDERR, substr $body, $stdout) if $stdout < length $body;
exit $exit;
