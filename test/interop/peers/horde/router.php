<?php
// php -S router: hand every request to Horde_Rpc_ActiveSync, as Horde's rpc.php does.
require __DIR__ . '/bootstrap.php';
$request = new Horde_Controller_Request_Http();
$request->setPath($_SERVER['REQUEST_URI']);
$state = lab_state();
$driver = new Lab_Driver(array('state' => $state));
$server = new Horde_ActiveSync(
    $driver,
    new Horde_ActiveSync_Wbxml_Decoder(fopen('php://input', 'r')),
    new Horde_ActiveSync_Wbxml_Encoder(fopen('php://output', 'w+')),
    $state,
    $request
);
$server->setSupportedVersion(getenv('HORDE_VERSION') ?: Horde_ActiveSync::VERSION_SIXTEEN);
$server->setLogger(new Lab_Logger_Factory());
try {
    $rpc = new Horde_Rpc_ActiveSync($request, array('server' => $server));
    $rpc->authorize();
    $rpc->sendOutput($rpc->getResponse($rpc->getInput()));
} catch (Throwable $e) {
    while (ob_get_level()) ob_end_clean();
    if (!headers_sent()) header('HTTP/1.1 500 Internal Server Error');
    error_log('LAB ' . get_class($e) . ': ' . $e->getMessage() . ' at ' . $e->getFile() . ':' . $e->getLine());
}
